package io.scrip.store;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.TenantId;
import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import io.scrip.vault.MappingStore.Renewal;
import io.scrip.vault.RevocationMark;
import io.scrip.vault.RevocationMark.Target;
import io.scrip.vault.StoredMapping.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What any store promises about renewing, revoking, settling and purging. */
abstract class EndingContract extends StoreContract {
  private static final Instant AT = Samples.MADE.plusSeconds(60);

  @Test
  void a_renewed_mapping_has_its_new_expiry_and_mac_and_others_keep_theirs() {
    Mapping renewed = inserted(samples.mapping().expiresAt(Instant.parse("2100-01-01T00:00:00Z")));
    Mapping forever = inserted(samples.mapping().expiresAt(Instant.parse("2100-01-01T00:00:00Z")));
    Mapping other = inserted(samples.mapping());
    Instant later = Instant.parse("2200-01-01T00:00:00Z");
    byte[] mac = samples.bytes(32);
    renew(
        new Renewal(renewed.record(), Optional.of(later), mac),
        new Renewal(forever.record(), Optional.empty(), samples.bytes(32)));
    assertThat(find(renewed).mapping().expiresAt()).contains(later);
    assertThat(find(renewed).mapping().rowMac()).isEqualTo(mac);
    assertThat(find(forever).mapping().expiresAt()).isEmpty();
    assertThat(find(other).mapping()).usingRecursiveComparison().isEqualTo(other);
  }

  @Test
  void what_has_ended_is_not_renewed() throws Exception {
    Mapping expired = inserted(samples.mapping().expiresAt(database.now().minusSeconds(1)));
    Mapping revoked = inserted(samples.mapping());
    revoke(revoked);
    Optional<Instant> later = Optional.of(Instant.parse("2200-01-01T00:00:00Z"));
    renew(
        new Renewal(expired.record(), later, samples.bytes(32)),
        new Renewal(revoked.record(), later, samples.bytes(32)));
    assertThat(find(expired).state()).isEqualTo(State.EXPIRED);
    assertThat(find(revoked).state()).isEqualTo(State.REVOKED);
  }

  @Test
  void a_revoked_row_is_wiped_and_what_it_held_is_free_but_not_its_token() throws Exception {
    Mapping ended = inserted(samples.mapping().token("t").name("n").convergence("c").origin("o"));
    assertThat(revoke(ended)).containsExactly(ended.record());
    assertThat(database.ask("select octet_length(sealed) from scrip.tokens")).isEqualTo("0");
    assertThat(
            insert(
                samples.mapping().name("n").convergence("c").origin("o").made(),
                samples.mapping().token("t").made()))
        .containsExactly(Insertion.DONE, Insertion.TOKEN_TAKEN);
  }

  @Test
  void only_what_was_live_counts_as_revoked() throws Exception {
    Mapping live = inserted(samples.mapping());
    Mapping expired =
        inserted(samples.mapping().name("n").expiresAt(database.now().minusSeconds(1)));
    Mapping before = inserted(samples.mapping());
    revoke(before);
    assertThat(revoke(live, expired, before)).containsExactly(live.record());
    assertThat(find(expired).state()).isEqualTo(State.REVOKED);
    assertThat(find(expired).mapping().name()).isEmpty();
  }

  @Test
  void nothing_revoked_is_nothing() {
    assertThat(revoke()).isEmpty();
  }

  @Test
  void a_released_mapping_makes_room_for_another() {
    Mapping ended = inserted(samples.mapping().name("n").convergence("c").origin("o"));
    commit(
        tx -> {
          mappings().release(tx, Set.of(ended.record()));
          return mappings()
              .insert(tx, List.of(samples.mapping().name("n").convergence("c").origin("o").made()));
        });
    assertThat(find(ended).mapping().name()).isEmpty();
    assertThat(insert(samples.mapping().name("n").made())).containsExactly(Insertion.NAME_TAKEN);
  }

  @Test
  void all_that_an_actor_was_shown_since_is_revoked_and_nothing_else() {
    Instant since = Samples.MADE;
    Mapping shown = inserted(samples.mapping());
    Mapping shownBefore = inserted(samples.mapping());
    Mapping refused = inserted(samples.mapping());
    Mapping shownToAnother = inserted(samples.mapping());
    Mapping lookedUp = inserted(samples.mapping());
    Mapping foreign = inserted(samples.mapping().tenant("another"));
    Actor another = new Actor("https://other.example/", "clerk|2", "till");
    append(
        samples.event("c", 1, since, Action.DETOKENIZE, shown.token()),
        samples.event("c", 2, since.plusSeconds(1), Action.DETOKENIZE, shown.token()),
        samples.event("c", 3, since.minusMillis(1), Action.DETOKENIZE, shownBefore.token()),
        samples.event(
            "c", 4, since, Action.DETOKENIZE, refused.token(), Samples.CLERK, Outcome.REFUSED),
        samples.event(
            "c", 5, since, Action.DETOKENIZE, shownToAnother.token(), another, Outcome.ALLOWED),
        samples.event("c", 6, since, Action.LOOKUP, lookedUp.token()),
        samples.event("c", 7, since, Action.DETOKENIZE, foreign.token()));
    assertThat(revealed(since)).isEqualTo(1);
    assertThat(revealed(since)).as("the second time, nothing is live").isZero();
    assertThat(find(shown).state()).isEqualTo(State.REVOKED);
    for (Mapping other : List.of(shownBefore, refused, shownToAnother, lookedUp, foreign)) {
      assertThat(find(other).state()).isEqualTo(State.LIVE);
    }
  }

  @Test
  void a_mark_is_settled_in_portions_and_covers_older_rows_of_its_tenant_only() {
    List<Mapping> covered =
        Stream.generate(() -> inserted(samples.mapping().subject("s").catalogVersion(4)))
            .limit(5)
            .toList();
    Mapping newer = inserted(samples.mapping().subject("s").catalogVersion(5));
    Mapping foreign = inserted(samples.mapping().subject("s").catalogVersion(4).tenant("another"));
    var mark = mark(new Target.Subject(Samples.digest("s")), 5);
    assertThat(count(mark)).isEqualTo(5);
    assertThat(settle(mark, 3)).isEqualTo(3);
    assertThat(count(mark)).isEqualTo(2);
    assertThat(settle(mark, 3)).isEqualTo(2);
    assertThat(settle(mark, 3)).isZero();
    assertThat(covered).allMatch(mapping -> find(mapping).state() == State.REVOKED);
    assertThat(find(newer).state()).isEqualTo(State.LIVE);
    assertThat(find(foreign).state()).isEqualTo(State.LIVE);
  }

  @Test
  void marks_on_a_creator_and_on_a_template_cover_theirs() {
    inserted(samples.mapping().creator("a").template("card"));
    inserted(samples.mapping().creator("b").template("card"));
    inserted(samples.mapping().creator("b").template("iban"));
    var ofB = mark(new Target.Creator(Samples.digest("b")), 2);
    var ofCard = mark(new Target.OfTemplate("card"), 3);
    assertThat(count(ofB)).isEqualTo(2);
    assertThat(count(ofCard)).as("one of the two cards was ended by the older mark").isEqualTo(1);
    assertThat(settle(ofB, 10)).isEqualTo(2);
    assertThat(settle(ofCard, 10)).isEqualTo(1);
  }

  @Test
  void a_purge_takes_what_ended_before_and_no_more_than_it_may() throws Exception {
    Instant now = database.now();
    for (int i = 0; i < 5; i++) {
      inserted(samples.mapping().expiresAt(now.minus(Duration.ofDays(40))));
    }
    Mapping revoked = inserted(samples.mapping());
    commit(tx -> mappings().revoke(tx, Set.of(revoked.record()), now.minus(Duration.ofDays(40))));
    Mapping recent = inserted(samples.mapping().expiresAt(now.minus(Duration.ofDays(1))));
    Mapping live = inserted(samples.mapping());
    Instant before = now.minus(Duration.ofDays(30));
    assertThat(purge(before, 4)).isEqualTo(4);
    assertThat(purge(before, 4)).isEqualTo(2);
    assertThat(purge(before, 4)).isZero();
    assertThat(found(revoked)).isEmpty();
    assertThat(found(recent)).isPresent();
    assertThat(found(live)).isPresent();
  }

  @Test
  void a_revoked_convergent_row_outlives_every_purge_so_that_its_token_is_never_given_again()
      throws Exception {
    Mapping convergent = inserted(samples.mapping().token("t").convergence("c"));
    Mapping expiredToo =
        inserted(samples.mapping().convergence("d").expiresAt(database.now().minusSeconds(9)));
    revoke(convergent, expiredToo);
    assertThat(purge(Instant.parse("2100-01-01T00:00:00Z"), 10)).isZero();
    assertThat(insert(samples.mapping().token("t").made())).containsExactly(Insertion.TOKEN_TAKEN);
  }

  @Test
  void pitfall_16_a_purge_by_a_clock_that_runs_ahead_takes_nothing_live() throws Exception {
    Mapping live = inserted(samples.mapping().expiresAt(database.now().plusSeconds(600)));
    purge(Instant.parse("2400-01-01T00:00:00Z"), 10);
    assertThat(find(live).state()).isEqualTo(State.LIVE);
  }

  private void renew(Renewal... renewals) {
    commit(
        tx -> {
          mappings().renew(tx, List.of(renewals));
          return true;
        });
  }

  private Set<UUID> revoke(Mapping... mappings) {
    Set<UUID> records = Stream.of(mappings).map(Mapping::record).collect(toUnmodifiableSet());
    return commit(tx -> mappings().revoke(tx, records, AT));
  }

  private long revealed(Instant since) {
    return commit(
        tx ->
            mappings().revokeRevealedTo(tx, TenantId.DEFAULT, Samples.CLERK.subject(), since, AT));
  }

  private RevocationMark mark(Target target, long version) {
    return commit(tx -> database.catalog().insertMark(tx, TenantId.DEFAULT, target, version));
  }

  private long count(RevocationMark mark) {
    return commit(tx -> mappings().countMarked(tx, mark));
  }

  private int purge(Instant before, int limit) {
    return commit(tx -> mappings().purge(tx, before, limit));
  }

  private int settle(RevocationMark mark, int limit) {
    return commit(tx -> mappings().settle(tx, mark, AT, limit));
  }
}
