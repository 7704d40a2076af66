package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.hex;
import static io.scrip.crypto.TestKeys.sealer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.crypto.RecordSealer.SealedRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordSealerTest {
  private static final byte[] PLAINTEXT = bytes("4111 1111 1111 1111");
  private static final byte[] BOUND = bytes("tenant, record, template");

  private final InMemoryKeyTable table = new InMemoryKeyTable();
  private final Keyring keyring = TestKeys.keyring(table, KeyConfig.DEFAULT, new ManualClock());
  private final RecordSealer sealer = keyring.records();

  @Test
  void what_was_sealed_opens_to_the_byte() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] plaintext = new byte[random.nextInt(3_000)];
      byte[] bound = new byte[random.nextInt(100)];
      random.nextBytes(plaintext);
      random.nextBytes(bound);
      SealedRecord record = sealer.seal(plaintext, bound);
      assertThat(sealer.open(record.dataKeyId(), record.sealed(), bound))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(plaintext);
    }
  }

  @Test
  void the_largest_record_is_sealed_and_a_larger_one_is_not() {
    byte[] largest = new byte[RecordSealer.MAX_PLAINTEXT_BYTES];
    SealedRecord record = sealer.seal(largest, BOUND);
    assertThat(sealer.open(record.dataKeyId(), record.sealed(), BOUND)).isEqualTo(largest);
    assertThatThrownBy(() -> sealer.seal(new byte[largest.length + 1], BOUND))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_envelope_has_version_data_key_id_nonce_ciphertext_and_tag() {
    SealedRecord first = sealer.seal(PLAINTEXT, BOUND);
    ByteBuffer envelope = ByteBuffer.wrap(sealer.seal(PLAINTEXT, BOUND).sealed());
    assertThat(envelope.remaining()).isEqualTo(PLAINTEXT.length + RecordSealer.OVERHEAD_BYTES);
    assertThat(envelope.get()).isEqualTo((byte) 1);
    assertThat(envelope.getLong()).isEqualTo(first.dataKeyId());
    assertThat(envelope.getInt()).isZero();
    assertThat(envelope.getLong()).isEqualTo(1);
    assertThat(RecordSealer.dataKeyId(first.sealed())).isEqualTo(first.dataKeyId());
  }

  @Test
  void a_flipped_bit_anywhere_refuses_to_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    for (int bit = 0; bit < record.sealed().length * 8; bit++) {
      byte[] flipped = flip(record.sealed(), bit);
      assertWillNotOpen(record.dataKeyId(), flipped, BOUND);
      if (flipped[0] == 1) { // as one who reads the id off the envelope would ask
        assertWillNotOpen(RecordSealer.dataKeyId(flipped), flipped, BOUND);
      }
    }
  }

  @Test
  void a_flipped_bit_of_the_associated_data_refuses_to_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    for (int bit = 0; bit < BOUND.length * 8; bit++) {
      assertWillNotOpen(record.dataKeyId(), record.sealed(), flip(BOUND, bit));
    }
    assertWillNotOpen(record.dataKeyId(), record.sealed(), new byte[0]);
    assertWillNotOpen(record.dataKeyId(), record.sealed(), Arrays.copyOf(BOUND, BOUND.length + 1));
  }

  @Test
  void a_cut_or_lengthened_envelope_refuses_to_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    byte[] sealed = record.sealed();
    for (int size = 0; size < sealed.length; size++) {
      assertWillNotOpen(record.dataKeyId(), Arrays.copyOf(sealed, size), BOUND);
      assertWillNotOpen(
          record.dataKeyId(),
          Arrays.copyOfRange(sealed, sealed.length - size, sealed.length),
          BOUND);
    }
    assertWillNotOpen(record.dataKeyId(), Arrays.copyOf(sealed, sealed.length + 1), BOUND);
  }

  @Test
  void noise_refuses_to_open() {
    long seed = 11;
    Random random = new Random(seed);
    long known = sealer.seal(PLAINTEXT, BOUND).dataKeyId();
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(120)];
      random.nextBytes(noise);
      if (noise.length > 8 && random.nextBoolean()) {
        ByteBuffer.wrap(noise).put((byte) 1).putLong(known);
      }
      assertWillNotOpen(random.nextBoolean() ? known : random.nextLong(), noise, BOUND);
    }
  }

  @Test
  void another_data_key_id_beside_the_envelope_refuses_to_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    for (long id : new long[] {0, -1, record.dataKeyId() + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertWillNotOpen(id, record.sealed(), BOUND);
    }
  }

  @Test
  void an_envelope_renamed_to_another_known_data_key_refuses_to_open() {
    SealedRecord mine = sealer.seal(PLAINTEXT, BOUND);
    SealedRecord other = sealer(table).seal(PLAINTEXT, BOUND);
    byte[] renamed = mine.sealed().clone();
    ByteBuffer.wrap(renamed).putLong(1, other.dataKeyId());
    assertThat(other.dataKeyId()).isNotEqualTo(mine.dataKeyId());
    assertWillNotOpen(other.dataKeyId(), renamed, BOUND);
  }

  @Test
  void data_key_rows_that_were_swapped_open_nothing() {
    SealedRecord mine = sealer.seal(PLAINTEXT, BOUND);
    SealedRecord other = sealer(table).seal(PLAINTEXT, BOUND);
    var row = table.dataKey(mine.dataKeyId());
    table.overwrite(mine.dataKeyId(), table.dataKey(other.dataKeyId()));
    table.overwrite(other.dataKeyId(), row);
    RecordSealer reader = sealer(table);
    for (SealedRecord record : new SealedRecord[] {mine, other}) {
      assertThatThrownBy(() -> reader.open(record.dataKeyId(), record.sealed(), BOUND))
          .isInstanceOf(WillNotOpen.class);
    }
  }

  @Test
  void a_missing_data_key_refuses_to_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    table.delete(record.dataKeyId());
    assertWillNotOpen(record.dataKeyId(), record.sealed(), BOUND);
  }

  @Test
  void every_refusal_has_the_same_message_and_no_cause() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    byte[] otherVersion = record.sealed().clone();
    otherVersion[0] = 2;
    byte[] otherTag = flip(record.sealed(), record.sealed().length * 8 - 1);
    byte[] unknownKey = record.sealed().clone();
    ByteBuffer.wrap(unknownKey).putLong(1, 999);
    for (byte[] bad : new byte[][] {otherVersion, otherTag, new byte[3]}) {
      assertThatThrownBy(() -> sealer.open(record.dataKeyId(), bad, BOUND))
          .isExactlyInstanceOf(WillNotOpen.class)
          .hasMessage(new WillNotOpen().getMessage())
          .hasNoCause();
    }
    assertThatThrownBy(() -> sealer.open(999, unknownKey, BOUND))
        .hasMessage(new WillNotOpen().getMessage())
        .hasNoCause();
  }

  @Test
  void another_process_opens_what_this_one_sealed() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    assertThat(sealer(table).open(record.dataKeyId(), record.sealed(), BOUND)).isEqualTo(PLAINTEXT);
  }

  @Test
  void a_table_that_is_away_is_told_from_an_envelope_that_will_not_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    RecordSealer reader = sealer(table);
    table.goAway(true);
    assertThatThrownBy(() -> reader.open(record.dataKeyId(), record.sealed(), BOUND))
        .isInstanceOf(KeyServiceUnavailable.class);
    assertThatThrownBy(() -> reader.seal(PLAINTEXT, BOUND))
        .isInstanceOf(KeyServiceUnavailable.class);
    table.goAway(false);
    assertThat(reader.open(record.dataKeyId(), record.sealed(), BOUND)).isEqualTo(PLAINTEXT);
    assertThat(reader.seal(PLAINTEXT, BOUND).dataKeyId()).isNotEqualTo(record.dataKeyId());
  }

  @Test
  void a_custodian_that_is_away_is_told_from_an_envelope_that_will_not_open() {
    SealedRecord record = sealer.seal(PLAINTEXT, BOUND);
    var custody = new FlakyCustody(TestKeys.custody());
    var kek = TestKeys.kek(table, custody, new ManualClock());
    var keys = new DataKeys(table, kek, "node", RANDOM, new ManualClock());
    custody.goAway(true);
    assertThatThrownBy(() -> keys.find(record.dataKeyId()))
        .isInstanceOf(KeyServiceUnavailable.class);
    custody.goAway(false);
    assertThat(keys.find(record.dataKeyId()).id()).isEqualTo(record.dataKeyId());
  }

  @Test
  void nothing_is_sealed_after_closing() {
    sealer.seal(PLAINTEXT, BOUND);
    keyring.close();
    assertThatThrownBy(() -> sealer.seal(PLAINTEXT, BOUND))
        .isInstanceOf(KeyServiceUnavailable.class);
  }

  private void assertWillNotOpen(long id, byte[] sealed, byte[] associatedData) {
    assertThatThrownBy(() -> sealer.open(id, sealed, associatedData))
        .isExactlyInstanceOf(WillNotOpen.class);
  }

  private static byte[] flip(byte[] original, int bit) {
    byte[] flipped = original.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    assertThat(hex(flipped)).isNotEqualTo(hex(original));
    return flipped;
  }
}
