package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.DIGEST_ROOT;
import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CiphertextSealer.Flaw;
import io.scrip.crypto.CiphertextSealer.Opening;
import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.crypto.KeyTable.SealedDataKey;
import io.scrip.crypto.KeyTable.StoredDataKey;
import io.scrip.crypto.KeyTable.Subject;
import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.StartRefused;
import io.scrip.identity.TenantId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keys that change while records stay readable. */
class KeyringTest {
  private static final byte[] BOUND = bytes("bound");

  private final InMemoryKeyTable table = new InMemoryKeyTable();
  private final ManualClock clock = new ManualClock();
  private final Keyring keyring = keyring(Optional.of(TestKeys.custody()));

  private Keyring keyring(Optional<Custody> custody) {
    return Keyring.start(
        table,
        custody,
        RootSet.of(DIGEST_ROOT),
        KeyConfig.DEFAULT,
        "node",
        RANDOM,
        clock,
        TestKeys.AT_ONCE);
  }

  private static SealedRecord seal(Keyring keyring) {
    return keyring.records().seal(bytes("value"), BOUND);
  }

  private static byte[] open(Keyring keyring, SealedRecord record) {
    return keyring.records().open(record.dataKeyId(), record.sealed(), BOUND);
  }

  @Test
  void a_write_plane_seals_and_opens_nothing_not_even_its_own() {
    Keyring writer = keyring(Optional.empty());
    SealedRecord record = seal(writer);
    assertThatThrownBy(() -> open(writer, record)).isInstanceOf(WillNotOpen.class);
    assertThat(writer.ciphertexts().open(writer.ciphertexts().seal(new byte[1], BOUND), BOUND))
        .isEqualTo(new Opening.Closed(Flaw.UNKNOWN_KEY));
    assertThatThrownBy(writer::nextKeyEncryptionKey).isInstanceOf(WillNotOpen.class);
    assertThat(open(keyring, record)).isEqualTo(bytes("value"));
  }

  @Test
  void a_write_plane_on_an_empty_table_says_what_to_do() {
    InMemoryKeyTable empty = new InMemoryKeyTable();
    assertThatThrownBy(
            () ->
                Keyring.start(
                    empty,
                    Optional.empty(),
                    RootSet.of(DIGEST_ROOT),
                    KeyConfig.DEFAULT,
                    "node",
                    RANDOM,
                    clock))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("scrip.plane")
        .hasMessageContaining("read plane");
  }

  @Test
  void a_write_plane_does_not_seal_to_a_public_half_that_someone_put_in_the_table() {
    Keyring writer = keyring(Optional.empty());
    KeyEncryptionKey mine = table.newestKeyEncryptionKey();
    byte[] foreign = mine.publicKey().clone();
    byte[] theirs = XWing.publicKey(XWing.keyPair(new byte[XWing.SEED_BYTES]));
    System.arraycopy(theirs, 0, foreign, 1, theirs.length);
    table.overwrite(
        new KeyEncryptionKey(
            2,
            foreign,
            mine.wrappedPrivateKey(),
            mine.rootId(),
            mine.mac(),
            mine.macRootId(),
            mine.createdAt()));
    assertThatThrownBy(() -> seal(writer)).isInstanceOf(KeyServiceUnavailable.class);
    assertThat(table.dataKeyCount()).isZero();
  }

  @Test
  void the_digest_root_of_another_database_stops_the_start_and_is_named() {
    RootKey other = TestKeys.root(RootKind.DIGEST, 0x77);
    assertThatThrownBy(
            () ->
                Keyring.start(
                    table,
                    Optional.empty(),
                    RootSet.of(other),
                    KeyConfig.DEFAULT,
                    "node",
                    RANDOM,
                    clock))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(KeyConfig.DIGEST_ROOTS)
        .hasMessageContaining(DIGEST_ROOT.id());
  }

  @Test
  void a_key_of_one_use_opens_nothing_of_another() {
    SealedRecord record = seal(keyring);
    String ciphertext = keyring.ciphertexts().seal(bytes("value"), BOUND);
    byte[] envelope =
        java.util.Base64.getUrlDecoder()
            .decode(ciphertext.substring(CiphertextSealer.PREFIX.length()));
    assertThatThrownBy(() -> keyring.records().open(Envelope.dataKeyId(envelope), envelope, BOUND))
        .isInstanceOf(WillNotOpen.class);
    String asCiphertext =
        CiphertextSealer.PREFIX
            + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(record.sealed());
    assertThat(keyring.ciphertexts().open(asCiphertext, BOUND))
        .isEqualTo(new Opening.Closed(Flaw.UNKNOWN_KEY));
    assertThat(keyring.ciphertexts().open(ciphertext, BOUND))
        .isInstanceOfSatisfying(
            Opening.Opened.class,
            opened -> assertThat(opened.plaintext()).isEqualTo(bytes("value")));
  }

  @Test
  void the_use_of_a_data_key_cannot_be_changed_in_the_table() {
    SealedRecord record = seal(keyring);
    SealedDataKey row = table.dataKey(record.dataKeyId());
    table.overwrite(
        record.dataKeyId(),
        new SealedDataKey(
            row.kekVersion(),
            DataKeyUse.SUBJECT,
            row.subject(),
            row.node(),
            row.sealed(),
            row.createdAt()));
    assertThatThrownBy(() -> open(keyring, record)).isInstanceOf(WillNotOpen.class);
  }

  @Test
  void after_a_rotation_new_data_keys_are_sealed_to_the_new_key_and_old_records_open() {
    SealedRecord before = seal(keyring);
    assertThat(table.insert(keyring.nextKeyEncryptionKey())).isTrue();
    keyring.retireBelow(before.dataKeyId() + 1);
    SealedRecord after = seal(keyring);
    assertThat(table.dataKey(before.dataKeyId()).kekVersion()).isEqualTo(1);
    assertThat(table.dataKey(after.dataKeyId()).kekVersion()).isEqualTo(2);
    assertThat(open(keyring, before)).isEqualTo(open(keyring, after)).isEqualTo(bytes("value"));
  }

  @Test
  void a_data_key_that_was_wrapped_anew_opens_what_it_sealed_and_needs_the_old_key_no_more() {
    SealedRecord record = seal(keyring);
    table.insert(keyring.nextKeyEncryptionKey());
    for (StoredDataKey old : table.dataKeysBelow(2, 0, 100)) {
      assertThat(keyring.rewrap(old)).isTrue();
      assertThat(keyring.rewrap(old)).isFalse(); // another instance was faster
    }
    assertThat(table.dataKeysBelow(2, 0, 100)).isEmpty();
    assertThat(open(keyring(Optional.of(TestKeys.custody())), record)).isEqualTo(bytes("value"));
  }

  @Test
  void below_the_floor_nothing_is_sealed_any_more() {
    long before = seal(keyring).dataKeyId();
    keyring.retireBelow(before + 1);
    assertThat(seal(keyring).dataKeyId()).isGreaterThan(before);
    keyring.retireBelow(1); // a floor is never lowered
    assertThat(seal(keyring).dataKeyId()).isGreaterThan(before);
  }

  @Test
  void a_floor_that_no_key_can_reach_is_refused_instead_of_making_keys_for_ever() {
    seal(keyring);
    int keys = table.dataKeyCount();
    keyring.retireBelow(1_000_000);
    assertThatThrownBy(() -> seal(keyring)).isInstanceOf(KeyServiceUnavailable.class);
    assertThat(table.dataKeyCount()).isEqualTo(keys + 1);
  }

  @Test
  void each_subject_has_keys_of_its_own() {
    DataSubject one = subject(1);
    DataSubject two = subject(2);
    SealedRecord first = keyring.records().sealFor(one, bytes("value"), BOUND);
    SealedRecord again = keyring.records().sealFor(one, bytes("value"), BOUND);
    SealedRecord other = keyring.records().sealFor(two, bytes("value"), BOUND);
    assertThat(again.dataKeyId()).isEqualTo(first.dataKeyId());
    assertThat(other.dataKeyId()).isNotEqualTo(first.dataKeyId());
    assertThat(seal(keyring).dataKeyId()).isNotIn(first.dataKeyId(), other.dataKeyId());
    assertThat(open(keyring, first)).isEqualTo(bytes("value"));
    table.delete(first.dataKeyId());
    keyring.forget(Set.of(first.dataKeyId()));
    assertThatThrownBy(() -> open(keyring, first)).isInstanceOf(WillNotOpen.class);
    assertThat(open(keyring, other)).isEqualTo(bytes("value"));
    assertThat(keyring.records().sealFor(one, bytes("value"), BOUND).dataKeyId())
        .isNotEqualTo(first.dataKeyId());
  }

  private static DataSubject subject(int octet) {
    byte[] digest = new byte[LookupDigest.SIZE_BYTES];
    digest[0] = (byte) octet;
    Subject label = new Subject(new TenantId("acme"), new LookupDigest(digest), 1);
    return new DataSubject(label, "customer " + octet);
  }

  @Test
  void keys_wrapped_under_a_new_root_need_the_old_one_no_more() {
    SealedRecord record = seal(keyring);
    RootKey fresh = TestKeys.root(RootKind.SEAL, 0x5a);
    RootKey freshDigest = TestKeys.root(RootKind.DIGEST, 0x5b);
    var both = new FileCustody(RootSet.of(TestKeys.SEAL_ROOT, fresh), RANDOM);
    Keyring between = keyring(both, RootSet.of(DIGEST_ROOT, freshDigest));
    KeyEncryptionKey old = table.newestKeyEncryptionKey();
    assertThat(between.isUnderPresentRoots(old)).isFalse();
    table.overwrite(between.rewrapped(old));
    assertThat(between.isUnderPresentRoots(table.newestKeyEncryptionKey())).isTrue();
    Keyring later = keyring(new FileCustody(RootSet.of(fresh), RANDOM), RootSet.of(freshDigest));
    assertThat(open(later, record)).isEqualTo(bytes("value"));
  }

  private Keyring keyring(Custody custody, RootSet digestRoots) {
    return Keyring.start(
        table,
        Optional.of(custody),
        digestRoots,
        KeyConfig.DEFAULT,
        "node",
        RANDOM,
        clock,
        TestKeys.AT_ONCE);
  }

  @Test
  void a_custodian_who_is_away_is_noticed_when_opened_keys_have_aged_and_not_before() {
    FlakyCustody custody = new FlakyCustody(TestKeys.custody());
    Keyring reader = keyring(Optional.of(custody));
    SealedRecord record = seal(keyring);
    assertThat(open(reader, record)).isEqualTo(bytes("value"));
    custody.goAway(true);
    assertThat(open(reader, record)).isEqualTo(bytes("value"));
    clock.advance(KeyConfig.DEFAULT.maxOpenedAge());
    assertThatThrownBy(() -> open(reader, record)).isInstanceOf(KeyServiceUnavailable.class);
    custody.goAway(false);
    assertThat(open(reader, record)).isEqualTo(bytes("value"));
  }
}
