package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.crypto.DataKeyUse;
import io.scrip.crypto.KeyTable;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.crypto.KeyTable.SealedDataKey;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.LedgerException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What any store promises about keys. */
abstract class KeyTableContract extends StoreContract {
  @Test
  void key_encryption_keys_come_back_oldest_first_as_they_went_in() {
    var second = key(2);
    var first = key(1);
    assertThat(keys().insert(second)).isTrue();
    assertThat(keys().insert(first)).isTrue();
    assertThat(keys().keyEncryptionKeys())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(first, second);
  }

  @Test
  void of_two_instances_that_make_a_version_the_first_wins() {
    var first = key(1);
    assertThat(keys().insert(first)).isTrue();
    assertThat(keys().insert(key(1))).isFalse();
    assertThat(keys().keyEncryptionKeys())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(first);
  }

  @Test
  void a_data_key_comes_back_by_its_id_which_is_never_zero() {
    keys().insert(key(1));
    var made = dataKey(1);
    long id = keys().insert(made);
    assertThat(id).isNotZero();
    assertThat(keys().insert(dataKey(1))).isNotEqualTo(id);
    assertThat(keys().findDataKey(id).orElseThrow()).usingRecursiveComparison().isEqualTo(made);
  }

  @Test
  void an_unknown_data_key_is_not_found() {
    assertThat(keys().findDataKey(0)).isEmpty();
    assertThat(keys().findDataKey(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void a_data_key_needs_the_key_that_sealed_it() {
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(() -> keys().insert(dataKey(5)))
        .matches(e -> !e.outcomeUnknown());
  }

  @Test
  void a_key_of_a_subject_comes_back_with_its_label() {
    keys().insert(key(1));
    var made = ofSubject("a", 1);
    long id = keys().insert(made);
    assertThat(keys().findDataKey(id).orElseThrow()).usingRecursiveComparison().isEqualTo(made);
  }

  @Test
  void of_keys_asked_for_those_that_are_there_are_named() {
    keys().insert(key(1));
    long one = keys().insert(dataKey(1));
    long other = keys().insert(ofSubject("a", 1));
    assertThat(keys().present(List.of(one, other, other + 1, 0L)))
        .containsExactlyInAnyOrder(one, other);
    assertThat(keys().present(List.of())).isEmpty();
  }

  @Test
  void labels_of_older_digest_keys_are_listed_and_put_in_order_once() {
    keys().insert(key(1));
    keys().insert(dataKey(1)); // has none
    long first = keys().insert(ofSubject("a", 1));
    long second = keys().insert(ofSubject("b", 2));
    long third = keys().insert(ofSubject("c", 3));
    assertThat(ids(3, 0, 10)).containsExactly(first, second);
    assertThat(ids(3, first, 10)).containsExactly(second);
    assertThat(ids(9, 0, 2)).containsExactly(first, second);
    assertThat(ids(1, 0, 10)).isEmpty();
    assertThat(keys().countLabelledBelow(4)).isEqualTo(3);
    var old = keys().labelledBelow(2, 0, 1).getFirst();
    var fresh = label("fresh", 3);
    assertThat(keys().relabel(old, fresh)).isTrue();
    assertThat(keys().relabel(old, fresh)).isFalse();
    assertThat(keys().findDataKey(first).orElseThrow().subject()).contains(fresh);
    assertThat(keys().findDataKey(third).orElseThrow().subject()).contains(label("c", 3));
    assertThat(keys().countLabelledBelow(3)).isEqualTo(1);
  }

  private List<Long> ids(int version, long after, int limit) {
    return keys().labelledBelow(version, after, limit).stream()
        .map(KeyTable.StoredDataKey::id)
        .toList();
  }

  private SealedDataKey ofSubject(String subject, int version) {
    return new SealedDataKey(
        1,
        DataKeyUse.SUBJECT,
        Optional.of(label(subject, version)),
        "node-1",
        samples.bytes(1180),
        Samples.MADE);
  }

  private static KeyTable.Subject label(String subject, int version) {
    byte[] digest =
        java.util.Arrays.copyOf(subject.getBytes(StandardCharsets.UTF_8), LookupDigest.SIZE_BYTES);
    return new KeyTable.Subject(TenantId.DEFAULT, new LookupDigest(digest), version);
  }

  private KeyTable keys() {
    return database.keys();
  }

  private KeyEncryptionKey key(int version) {
    return new KeyEncryptionKey(
        version,
        samples.bytes(1216),
        samples.bytes(97),
        "root-2026 😀",
        samples.bytes(32),
        "digest-root",
        Samples.MADE);
  }

  private SealedDataKey dataKey(int kekVersion) {
    return new SealedDataKey(
        kekVersion,
        DataKeyUse.RECORD,
        Optional.empty(),
        "node-1",
        samples.bytes(1169),
        Samples.MADE);
  }
}
