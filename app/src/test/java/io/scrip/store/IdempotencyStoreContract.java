package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.LookupDigest;
import io.scrip.vault.IdempotencyStore.Guard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What any store promises about idempotency keys. */
abstract class IdempotencyStoreContract extends StoreContract {
  private static final Instant FAR = Instant.parse("2500-01-01T00:00:00Z");

  @Test
  void a_key_stands_for_the_body_it_first_came_with() {
    assertThat(remember(guard("k", "one", FAR))).isEqualTo(answer("k", "one"));
    assertThat(remember(guard("k", "two", FAR))).isEqualTo(answer("k", "one"));
    assertThat(remember(guard("k", "one", FAR))).isEqualTo(answer("k", "one"));
  }

  @Test
  void within_a_list_the_earlier_guard_stands() {
    assertThat(remember(guard("k", "one", FAR), guard("j", "two", FAR), guard("k", "three", FAR)))
        .containsEntry(Samples.digest("k"), Samples.digest("one"))
        .containsEntry(Samples.digest("j"), Samples.digest("two"))
        .hasSize(2);
  }

  @Test
  void an_expired_guard_is_replaced() throws Exception {
    remember(guard("k", "one", database.now().minusSeconds(1)));
    assertThat(remember(guard("k", "two", FAR))).isEqualTo(answer("k", "two"));
    assertThat(remember(guard("k", "three", FAR))).isEqualTo(answer("k", "two"));
  }

  @Test
  void nothing_is_remembered_of_nothing() {
    assertThat(remember()).isEmpty();
  }

  @Test
  void a_purge_takes_the_expired_in_portions() throws Exception {
    Instant past = database.now().minusSeconds(1);
    remember(
        guard("a", "x", past), guard("b", "x", past), guard("c", "x", past), guard("d", "x", FAR));
    assertThat(purge(2)).isEqualTo(2);
    assertThat(purge(2)).isEqualTo(1);
    assertThat(purge(2)).isZero();
    assertThat(remember(guard("d", "y", FAR))).isEqualTo(answer("d", "x"));
  }

  private static Guard guard(String key, String body, Instant expiresAt) {
    return new Guard(Samples.digest(key), Samples.digest(body), expiresAt, 1);
  }

  private static Map<LookupDigest, LookupDigest> answer(String key, String body) {
    return Map.of(Samples.digest(key), Samples.digest(body));
  }

  private Map<LookupDigest, LookupDigest> remember(Guard... guards) {
    return commit(tx -> database.idempotency().remember(tx, List.of(guards)));
  }

  private int purge(int limit) {
    return commit(tx -> database.idempotency().purge(tx, limit));
  }
}
