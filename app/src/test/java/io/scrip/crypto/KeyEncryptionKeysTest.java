package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.SEAL_ROOT;
import static io.scrip.crypto.TestKeys.custody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.identity.StartRefused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class KeyEncryptionKeysTest {
  private final InMemoryKeyTable table = new InMemoryKeyTable();

  private KeyEncryptionKeys keys(Custody custody) {
    return TestKeys.kek(table, custody, new ManualClock());
  }

  @Test
  void the_first_start_makes_a_key_and_the_second_takes_it() {
    keys(custody()).start();
    byte[] made = table.newestKeyEncryptionKey().publicKey();
    keys(custody()).start();
    KeyEncryptionKey row = table.newestKeyEncryptionKey();
    assertThat(row.publicKey()).isEqualTo(made).hasSize(1 + XWing.PUBLIC_KEY_BYTES);
    assertThat(row.version()).isEqualTo(1);
    assertThat(row.rootId()).isEqualTo(SEAL_ROOT.id());
    assertThat(table.keyEncryptionKeys()).hasSize(1);
  }

  @Test
  void instances_that_start_at_once_agree_on_one_key() throws Exception {
    List<Callable<String>> instances = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      instances.add(() -> TestKeys.hex(keys(custody()).current().key()));
    }
    Set<String> found = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var instance : threads.invokeAll(instances)) {
        found.add(instance.get());
      }
    }
    assertThat(found).hasSize(1);
  }

  @Test
  void another_seal_root_stops_the_start_and_is_named() {
    keys(custody()).start();
    RootKey other = TestKeys.root(RootKind.SEAL, 0x55);
    assertThatThrownBy(() -> keys(new FileCustody(other, RANDOM)).start())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(KeyConfig.SEAL_ROOTS)
        .hasMessageContaining(SEAL_ROOT.id())
        .hasMessageContaining(other.id());
  }

  @Test
  void a_public_half_that_someone_put_in_its_place_is_never_sealed_to() {
    KeyEncryptionKeys keys = keys(custody());
    keys.start();
    KeyEncryptionKey mine = table.newestKeyEncryptionKey();
    byte[] foreign = mine.publicKey().clone();
    byte[] theirs = XWing.publicKey(XWing.keyPair(new byte[XWing.SEED_BYTES]));
    System.arraycopy(theirs, 0, foreign, 1, theirs.length);
    table.overwrite(with(mine, 1, foreign, mine.wrappedPrivateKey()));
    assertThatThrownBy(keys::current).isInstanceOf(WillNotOpen.class);
    assertThatThrownBy(
            () -> TestKeys.make(new DataKeys(table, keys, "node", RANDOM, new ManualClock())))
        .isInstanceOf(KeyServiceUnavailable.class);
    assertThat(table.dataKeyCount()).isZero();
    assertThatThrownBy(() -> keys(custody()).start()).isInstanceOf(StartRefused.class);
  }

  @Test
  void a_private_half_that_does_not_fit_is_refused_even_if_it_is_wrapped_properly() {
    keys(custody()).start();
    KeyEncryptionKey mine = table.newestKeyEncryptionKey();
    byte[] bound =
        Framing.of(TestKeys.bytes("scrip key encryption key"), Framing.int32(1), mine.publicKey());
    byte[] wrapped = custody().wrap(new byte[XWing.SEED_BYTES], bound);
    byte[] withSuite = new byte[1 + wrapped.length];
    withSuite[0] = XWing.SUITE;
    System.arraycopy(wrapped, 0, withSuite, 1, wrapped.length);
    table.overwrite(with(mine, 1, mine.publicKey(), withSuite));
    assertThatThrownBy(() -> keys(custody()).version(1)).isInstanceOf(WillNotOpen.class);
  }

  @Test
  void a_key_moved_to_another_version_is_refused() {
    keys(custody()).start();
    KeyEncryptionKey mine = table.newestKeyEncryptionKey();
    table.overwrite(with(mine, 2, mine.publicKey(), mine.wrappedPrivateKey()));
    assertThatThrownBy(() -> keys(custody()).current()).isInstanceOf(WillNotOpen.class);
    assertThat(keys(custody()).version(1).version()).isEqualTo(1);
    assertThatThrownBy(() -> keys(custody()).version(3)).isInstanceOf(WillNotOpen.class);
  }

  @Test
  void a_flipped_bit_anywhere_in_the_private_half_is_refused() {
    keys(custody()).start();
    KeyEncryptionKey mine = table.newestKeyEncryptionKey();
    for (int bit = 0; bit < mine.wrappedPrivateKey().length * 8; bit++) {
      byte[] flipped = mine.wrappedPrivateKey().clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      table.overwrite(with(mine, 1, mine.publicKey(), flipped));
      assertThatThrownBy(() -> keys(custody()).version(1)).isInstanceOf(WillNotOpen.class);
    }
  }

  @Test
  void a_cut_row_is_refused() {
    keys(custody()).start();
    KeyEncryptionKey mine = table.newestKeyEncryptionKey();
    for (int size = 0; size < mine.wrappedPrivateKey().length; size++) {
      byte[] cut = Arrays.copyOf(mine.wrappedPrivateKey(), size);
      table.overwrite(with(mine, 1, mine.publicKey(), cut));
      assertThatThrownBy(() -> keys(custody()).version(1)).isInstanceOf(WillNotOpen.class);
    }
    for (int size : new int[] {0, 1, 33, 1_216}) {
      byte[] cut = Arrays.copyOf(mine.publicKey(), size);
      table.overwrite(with(mine, 1, cut, mine.wrappedPrivateKey()));
      assertThatThrownBy(() -> keys(custody()).version(1)).isInstanceOf(WillNotOpen.class);
    }
  }

  @Test
  void a_table_that_is_away_stops_the_start_as_such() {
    table.goAway(true);
    assertThatThrownBy(() -> keys(custody()).start()).isInstanceOf(KeyServiceUnavailable.class);
  }

  @Test
  void a_sealed_data_key_that_was_changed_anywhere_is_refused() {
    KeyEncryptionKeys keys = keys(custody());
    var dataKeys = new DataKeys(table, keys, "node", RANDOM, new ManualClock());
    long id = TestKeys.make(dataKeys).id();
    var row = table.dataKey(id);
    for (int at = 0; at < row.sealed().length; at += 7) {
      byte[] flipped = row.sealed().clone();
      flipped[at] ^= 0x40;
      table.overwrite(id, with(row, 1, row.node(), flipped));
      assertThatThrownBy(() -> dataKeys.find(id)).isInstanceOf(WillNotOpen.class);
    }
    table.overwrite(id, with(row, 1, "other", row.sealed()));
    assertThatThrownBy(() -> dataKeys.find(id)).isInstanceOf(WillNotOpen.class);
    table.overwrite(id, with(row, 2, row.node(), row.sealed()));
    assertThatThrownBy(() -> dataKeys.find(id)).isInstanceOf(WillNotOpen.class);
    for (int size : new int[] {0, 1, 1_120, 1_121, 1_136, row.sealed().length - 1}) {
      byte[] cut = Arrays.copyOf(row.sealed(), size);
      table.overwrite(id, with(row, 1, row.node(), cut));
      assertThatThrownBy(() -> dataKeys.find(id)).isInstanceOf(WillNotOpen.class);
    }
  }

  private static KeyEncryptionKey with(
      KeyEncryptionKey row, int version, byte[] publicKey, byte[] wrapped) {
    return new KeyEncryptionKey(
        version, publicKey, wrapped, row.rootId(), row.mac(), row.macRootId(), row.createdAt());
  }

  private static KeyTable.SealedDataKey with(
      KeyTable.SealedDataKey row, int kekVersion, String node, byte[] sealed) {
    return new KeyTable.SealedDataKey(
        kekVersion, row.use(), row.subject(), node, sealed, row.createdAt());
  }
}
