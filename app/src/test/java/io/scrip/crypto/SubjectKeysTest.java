package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.CryptoException.WillNotOpen;
import io.scrip.crypto.KeyTable.StoredDataKey;
import io.scrip.crypto.KeyTable.Subject;
import io.scrip.crypto.RecordSealer.SealedRecord;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Keys that one subject has for itself. */
class SubjectKeysTest {
  private static final byte[] VALUE = TestKeys.bytes("value");
  private static final byte[] BOUND = TestKeys.bytes("bound");

  private final InMemoryKeyTable table = new InMemoryKeyTable();
  private final ManualClock clock = new ManualClock();
  private final Keyring keyring = TestKeys.keyring(table, KeyConfig.DEFAULT, clock);
  private final RecordSealer sealer = keyring.records();
  private final Keyring elsewhere = TestKeys.keyring(table, KeyConfig.DEFAULT, clock);

  private static DataSubject subject(String text) {
    byte[] digest = Arrays.copyOf(TestKeys.bytes(text), LookupDigest.SIZE_BYTES);
    return new DataSubject(new Subject(TenantId.DEFAULT, new LookupDigest(digest), 1), text);
  }

  private SealedRecord sealFor(String subject) {
    return sealer.sealFor(subject(subject), VALUE, BOUND);
  }

  private static byte[] open(Keyring keyring, SealedRecord record) {
    return keyring.records().open(record.dataKeyId(), record.sealed(), BOUND);
  }

  @Test
  void what_is_destroyed_in_the_table_does_not_open_once_a_process_has_looked() {
    SealedRecord record = sealFor("a");
    assertThat(open(elsewhere, record)).isEqualTo(VALUE);
    table.delete(record.dataKeyId());
    assertThat(open(elsewhere, record))
        .isEqualTo(VALUE); // from memory, which is why it has to look
    elsewhere.forgetErased();
    assertThatThrownBy(() -> open(elsewhere, record)).isInstanceOf(WillNotOpen.class);
    keyring.forgetErased();
    assertThat(open(elsewhere, sealFor("a"))).isEqualTo(VALUE);
  }

  @Test
  void nothing_more_is_sealed_under_a_key_that_is_gone() {
    long gone = sealFor("a").dataKeyId();
    long kept = sealFor("b").dataKeyId();
    table.delete(gone);
    assertThat(sealFor("a").dataKeyId()).isEqualTo(gone);
    keyring.forgetErased();
    assertThat(sealFor("a").dataKeyId()).isNotEqualTo(gone);
    assertThat(sealFor("b").dataKeyId()).isEqualTo(kept);
  }

  @Test
  void a_process_that_cannot_look_says_so_and_forgets_nothing() {
    SealedRecord record = sealFor("a");
    table.goAway(true);
    assertThatThrownBy(keyring::forgetErased).isInstanceOf(KeyServiceUnavailable.class);
    table.goAway(false);
    assertThat(keyring.heldOfSubjects()).containsExactly(record.dataKeyId());
  }

  @Test
  void subjects_and_processes_share_no_key() {
    Set<Long> keys = new HashSet<>();
    keys.add(sealFor("a").dataKeyId());
    keys.add(sealFor("b").dataKeyId());
    keys.add(sealer.seal(VALUE, BOUND).dataKeyId());
    keys.add(elsewhere.records().sealFor(subject("a"), VALUE, BOUND).dataKeyId());
    assertThat(keys).hasSize(4);
    assertThat(sealFor("a").dataKeyId()).isIn(keys);
  }

  @Test
  void a_key_is_not_kept_longer_than_an_epoch_though_nobody_asks_for_it() {
    sealFor("a");
    assertThat(keyring.heldOfSubjects()).hasSize(1);
    clock.advance(DataKeyLimits.DEFAULT.maxAge().plus(Duration.ofMillis(1)));
    sealFor("b");
    assertThat(keyring.heldOfSubjects()).hasSize(1);
  }

  @Test
  void whose_a_key_is_can_be_told_by_whoever_may_open_it_and_by_nobody_else() {
    long id = sealFor("customer 7 🙂").dataKeyId();
    var stored = new StoredDataKey(id, table.dataKey(id));
    assertThat(keyring.subject(stored)).isEqualTo("customer 7 🙂");
    assertThat(new String(stored.key().sealed(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("customer");
    table.insert(keyring.nextKeyEncryptionKey());
    assertThat(keyring.rewrap(stored)).isTrue();
    assertThat(keyring.subject(new StoredDataKey(id, table.dataKey(id))))
        .isEqualTo("customer 7 🙂");
    long ofNobody = sealer.seal(VALUE, BOUND).dataKeyId();
    assertThatThrownBy(() -> keyring.subject(new StoredDataKey(ofNobody, table.dataKey(ofNobody))))
        .isInstanceOf(WillNotOpen.class);
  }

  @Test
  void a_key_of_a_record_given_out_as_a_subjects_does_not_open() {
    SealedRecord record = sealer.seal(VALUE, BOUND);
    var row = table.dataKey(record.dataKeyId());
    table.overwrite(
        record.dataKeyId(),
        new KeyTable.SealedDataKey(
            row.kekVersion(),
            DataKeyUse.SUBJECT,
            row.subject(),
            row.node(),
            row.sealed(),
            row.createdAt()));
    assertThatThrownBy(() -> open(elsewhere, record)).isInstanceOf(WillNotOpen.class);
  }

  @Test
  void sealing_never_fails_because_keys_are_forgotten_at_the_same_moment() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> sealing =
          java.util.stream.IntStream.range(0, 4)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            int sealed = 0;
                            for (int i = 0; i < 500; i++) {
                              sealed += sealFor("a").sealed().length > 0 ? 1 : 0;
                            }
                            return sealed;
                          }))
              .toList();
      while (!sealing.stream().allMatch(Future::isDone)) {
        keyring.forget(keyring.heldOfSubjects());
        Thread.onSpinWait();
      }
      for (Future<Integer> one : sealing) {
        assertThat(one.get()).isEqualTo(500);
      }
    }
  }

  @Test
  void a_subject_prints_nothing_of_itself() {
    assertThat(subject("customer 7")).hasToString("DataSubject[redacted]");
  }
}
