package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.vault.Mapping;
import io.scrip.vault.StoredMapping;
import io.scrip.vault.StoredMapping.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What any store promises about finding mappings, and about whose clock says that one has ended.
 */
abstract class FinderContract extends StoreContract {
  private static final LookupDigest UNKNOWN = Samples.digest("unknown");

  @Test
  void a_whole_set_is_found_at_once_and_the_unknown_is_left_out() {
    Mapping one = inserted(samples.mapping());
    Mapping two = inserted(samples.mapping());
    assertThat(findByToken(Set.of(one.token(), UNKNOWN, two.token())))
        .containsOnlyKeys(one.token(), two.token());
  }

  @Test
  void nothing_is_found_by_nothing() {
    inserted(samples.mapping());
    assertThat(findByToken(Set.of())).isEmpty();
    assertThat(findByName(Set.of())).isEmpty();
  }

  @Test
  void each_finder_looks_at_its_own_digest_only() {
    Mapping mapping = inserted(samples.mapping().token("t").name("n").convergence("c").origin("o"));
    Set<LookupDigest> all =
        Set.of(
            mapping.token(),
            mapping.name().orElseThrow(),
            mapping.convergence().orElseThrow(),
            mapping.origin().orElseThrow());
    assertThat(findByToken(all)).containsOnlyKeys(mapping.token());
    assertThat(findByName(all)).containsOnlyKeys(Samples.digest("n"));
    assertThat(findByConvergence(all)).containsOnlyKeys(Samples.digest("c"));
    assertThat(findByOrigin(all)).containsOnlyKeys(Samples.digest("o"));
  }

  @Test
  void pitfall_16_an_expired_row_is_found_but_its_sealed_bytes_stay_where_they_are()
      throws Exception {
    Mapping ended = inserted(samples.mapping().name("n").expiresAt(database.now().minusMillis(1)));
    assertThat(find(ended).state()).isEqualTo(State.EXPIRED);
    assertThat(find(ended).mapping().sealed()).isEmpty();
    Map<LookupDigest, StoredMapping> byName = findByName(Set.of(Samples.digest("n")));
    assertThat(byName.values()).extracting(StoredMapping::state).containsExactly(State.EXPIRED);
  }

  @Test
  void pitfall_16_the_clock_is_the_databases_whatever_time_it_is_here() throws Exception {
    Instant there = database.now();
    Mapping alive = inserted(samples.mapping().expiresAt(there.plus(Duration.ofMinutes(5))));
    Mapping over = inserted(samples.mapping().expiresAt(there));
    assertThat(find(alive).state()).isEqualTo(State.LIVE);
    assertThat(find(over).state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void pitfall_16_a_lease_until_2500_is_neither_over_nor_shortened() {
    Instant far = Instant.parse("2500-01-01T00:00:00.000001Z");
    Mapping mapping = inserted(samples.mapping().expiresAt(far));
    assertThat(find(mapping).state()).isEqualTo(State.LIVE);
    assertThat(find(mapping).mapping().expiresAt()).contains(far);
  }

  @Test
  void a_lease_into_a_year_of_five_digits_is_kept_too() {
    Instant far = Instant.parse("+12026-11-21T00:00:00.5Z");
    Mapping mapping = inserted(samples.mapping().expiresAt(far));
    assertThat(find(mapping).mapping().expiresAt()).contains(far);
  }

  @Test
  void a_revoked_row_is_found_by_its_token_only() {
    Mapping mapping = inserted(samples.mapping().name("n").convergence("c").origin("o"));
    commit(tx -> mappings().revoke(tx, Set.of(mapping.record()), Samples.MADE));
    assertThat(find(mapping).state()).isEqualTo(State.REVOKED);
    assertThat(find(mapping).mapping().sealed()).isEmpty();
    assertThat(findByName(Set.of(Samples.digest("n")))).isEmpty();
    assertThat(findByConvergence(Set.of(Samples.digest("c")))).isEmpty();
    assertThat(findByOrigin(Set.of(Samples.digest("o")))).isEmpty();
  }

  @Test
  void a_value_is_searched_by_record_page_by_page() {
    List<Mapping> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(inserted(samples.mapping().value("v")));
    }
    List<UUID> expected =
        made.stream().map(Mapping::record).sorted(Comparator.comparing(UUID::toString)).toList();
    assertThat(pages(after -> mappingsOfValue("v", after, 3))).isEqualTo(expected);
  }

  @Test
  void a_subject_is_searched_by_record_page_by_page() {
    List<Mapping> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(inserted(samples.mapping().subject("s")));
    }
    List<UUID> expected =
        made.stream().map(Mapping::record).sorted(Comparator.comparing(UUID::toString)).toList();
    assertThat(pages(after -> mappingsOfSubject("s", after, 3))).isEqualTo(expected);
  }

  @Test
  void a_search_finds_what_is_live_and_of_the_tenant() throws Exception {
    Mapping live = inserted(samples.mapping().value("v").subject("s"));
    inserted(samples.mapping().value("v").subject("s").tenant("another"));
    inserted(samples.mapping().value("v").subject("s").expiresAt(database.now().minusSeconds(1)));
    Mapping revoked = inserted(samples.mapping().value("v").subject("s"));
    commit(tx -> mappings().revoke(tx, Set.of(revoked.record()), Samples.MADE));
    assertThat(records(mappingsOfValue("v", Optional.empty(), 10))).containsExactly(live.record());
    assertThat(records(mappingsOfSubject("s", Optional.empty(), 10)))
        .containsExactly(live.record());
  }

  private Map<LookupDigest, StoredMapping> findByToken(Set<LookupDigest> tokens) {
    return commit(tx -> mappings().findByToken(tx, tokens));
  }

  private Map<LookupDigest, StoredMapping> findByName(Set<LookupDigest> names) {
    return commit(tx -> mappings().findByName(tx, names));
  }

  private Map<LookupDigest, StoredMapping> findByConvergence(Set<LookupDigest> values) {
    return commit(tx -> mappings().findByConvergence(tx, values));
  }

  private Map<LookupDigest, StoredMapping> findByOrigin(Set<LookupDigest> origins) {
    return commit(tx -> mappings().findByOrigin(tx, origins));
  }

  private List<StoredMapping> mappingsOfValue(String value, Optional<UUID> after, int limit) {
    return commit(
        tx ->
            mappings()
                .searchByValue(tx, TenantId.DEFAULT, Set.of(Samples.digest(value)), after, limit));
  }

  private List<StoredMapping> mappingsOfSubject(String subject, Optional<UUID> after, int limit) {
    return commit(
        tx ->
            mappings()
                .searchBySubject(
                    tx, TenantId.DEFAULT, Set.of(Samples.digest(subject)), after, limit));
  }

  private static List<UUID> records(List<StoredMapping> found) {
    return found.stream().map(stored -> stored.mapping().record()).toList();
  }

  private static List<UUID> pages(Function<Optional<UUID>, List<StoredMapping>> page) {
    List<UUID> all = new ArrayList<>();
    List<UUID> next = records(page.apply(Optional.empty()));
    while (!next.isEmpty()) {
      all.addAll(next);
      next = records(page.apply(Optional.of(next.getLast())));
    }
    return all;
  }
}
