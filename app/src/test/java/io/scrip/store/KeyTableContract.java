package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.crypto.DataKeyUse;
import io.scrip.crypto.KeyTable;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.crypto.KeyTable.SealedDataKey;
import io.scrip.journal.LedgerException;
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
