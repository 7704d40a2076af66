package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.TenantId;
import io.scrip.vault.RevocationMark.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tidying up changes nothing that a caller can see. */
class HousekeepingTest extends VaultFixture {
  private static final Duration RETENTION = Duration.ofDays(30);

  private final Housekeeping housekeeping =
      new Housekeeping(
          stores,
          catalog,
          stores,
          stores.mappings,
          stores,
          clock,
          new HousekeepingConfig(Duration.ZERO, RETENTION, 3));

  @Test
  void a_mark_is_written_into_all_rows_chunk_by_chunk_and_then_forgotten() {
    makeTokens(7);
    mark();
    Mapping newer = tokenMadeAfter();
    long version = stores.commit(stores::version);
    housekeeping.run();
    assertThat(liveRecords()).containsExactly(newer.record());
    housekeeping.run();
    assertThat(stores.commit(stores::marks))
        .as("a group that had read the catalog before the mark may still commit")
        .isNotEmpty();
    housekeeping.run();
    assertThat(stores.commit(stores::marks)).isEmpty();
    assertThat(stores.commit(stores::version))
        .as("so that every instance forgets it too")
        .isEqualTo(version + 1);
  }

  @Test
  void before_and_after_settling_the_same_tokens_answer() {
    makeTokens(4);
    mark();
    Mapping newer = tokenMadeAfter();
    assertThat(answering()).containsExactly(newer.record());
    housekeeping.run();
    assertThat(answering()).containsExactly(newer.record());
  }

  @Test
  void what_ended_is_kept_for_the_retention_and_then_deleted() {
    made(
        draft(
            request("one", Optional.empty(), Optional.of(Duration.ofHours(1))),
            BuiltInTemplates.OPAQUE));
    made(draft(request("two"), BuiltInTemplates.OPAQUE));
    pass(Duration.ofHours(1).plus(RETENTION));
    housekeeping.run();
    assertThat(stores.mappings.all()).hasSize(2);
    pass(Duration.ofSeconds(1));
    housekeeping.run();
    assertThat(stores.mappings.all()).hasSize(1);
  }

  @Test
  void what_lives_is_never_deleted() {
    makeTokens(10);
    pass(Duration.ofDays(100_000));
    housekeeping.run();
    assertThat(liveRecords()).hasSize(10);
  }

  @Test
  void idempotency_keys_that_ran_out_are_deleted_however_many() {
    for (int i = 0; i < 10; i++) {
      IdempotencyKey key = new IdempotencyKey("key-" + i, new byte[] {1});
      made(
          drafting.draft(
              new Draft.Asked(CALL, request("v"), BuiltInTemplates.OPAQUE, Optional.of(key), 0)));
    }
    housekeeping.run();
    assertThat(stores.guardCount()).isEqualTo(10);
    pass(LIMITS.idempotencyTtl());
    housekeeping.run();
    assertThat(stores.guardCount()).isZero();
  }

  private void makeTokens(int count) {
    for (int i = 0; i < count; i++) {
      made(draft(request("value " + i), BuiltInTemplates.OPAQUE));
    }
  }

  private Mapping tokenMadeAfter() {
    Set<Mapping> before = Set.copyOf(stores.mappings.all());
    made(draft(request("newer"), BuiltInTemplates.OPAQUE));
    return stores.mappings.all().stream()
        .filter(row -> !before.contains(row))
        .findFirst()
        .orElseThrow();
  }

  private void mark() {
    stores.commit(
        tx ->
            stores.insertMark(
                tx, TenantId.DEFAULT, new Target.OfTemplate("opaque"), stores.bump(tx)));
  }

  private List<java.util.UUID> liveRecords() {
    return stores.mappings.all().stream()
        .filter(row -> row.sealed().length > 0)
        .map(Mapping::record)
        .toList();
  }

  private List<java.util.UUID> answering() {
    Catalog.Snapshot now = stores.commit(catalog::refresh);
    Set<io.scrip.identity.LookupDigest> tokens =
        Set.copyOf(stores.mappings.all().stream().map(Mapping::token).toList());
    return stores.commit(tx -> stores.mappings.findByToken(tx, tokens)).values().stream()
        .filter(found -> MappingFinder.finding(now, found) instanceof MappingFinder.Finding.Live)
        .map(found -> found.mapping().record())
        .toList();
  }

  private void pass(Duration time) {
    stores.mappings.now = stores.mappings.now.plus(time);
  }
}
