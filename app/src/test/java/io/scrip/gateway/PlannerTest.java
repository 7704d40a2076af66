package io.scrip.gateway;

import static io.scrip.gateway.TestJwk.published;
import static io.scrip.gateway.TestJwk.verifying;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.gateway.Change.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void keys_are_seated_in_the_order_in_which_they_are_published() {
    Plan plan = plan(seats(vacant(), vacant(), vacant()), published("a", "b"));
    assertThat(held(plan)).containsExactly("a", "b", "-");
    assertThat(plan.changes()).extracting(Change::kind).containsExactly(Kind.INSTALL, Kind.INSTALL);
  }

  @Test
  void what_is_as_it_should_be_is_left_alone_in_whatever_order() {
    assertThat(plan(seats(key("b"), vacant(), key("a")), published("a", "b")).isEmpty()).isTrue();
  }

  @Test
  void a_new_key_takes_the_free_seat_and_moves_nobody() {
    Plan plan = plan(seats(key("a"), key("b"), vacant()), published("b", "c", "a"));
    assertThat(held(plan)).containsExactly("a", "b", "c");
    assertThat(plan.changes()).hasSize(1);
  }

  @Test
  void a_key_that_left_stays_and_its_time_begins() {
    Plan plan = plan(seats(key("a"), key("b"), key("c")), published("b", "c"));
    assertThat(plan.after().getFirst().held())
        .isEqualTo(new Held.Key(verifying("a"), Optional.of(NOW)));
    assertThat(plan.changes()).extracting(Change::kind).containsExactly(Kind.WITHDRAW);
  }

  @Test
  void its_time_does_not_begin_anew() {
    Held since = withdrawn("a", NOW.minusSeconds(60));
    assertThat(plan(seats(since, key("b"), vacant()), published("b")).isEmpty()).isTrue();
  }

  @Test
  void it_goes_when_its_time_is_over_to_the_second() {
    Held nearly = withdrawn("a", NOW.minus(DAY).plusSeconds(1));
    assertThat(plan(seats(nearly, key("b"), vacant()), published("b")).isEmpty()).isTrue();
    Held over = withdrawn("a", NOW.minus(DAY));
    assertThat(held(plan(seats(over, key("b"), vacant()), published("b"))))
        .containsExactly("-", "b", "-");
  }

  @Test
  void with_no_time_to_stay_it_goes_at_once() {
    Plan plan =
        Planner.plan(seats(key("a"), key("b"), vacant()), published("b"), Duration.ZERO, NOW);
    assertThat(held(plan)).containsExactly("-", "b", "-");
  }

  @Test
  void a_time_to_come_counts_as_now_since_it_would_keep_the_key_for_ever() {
    Held future = withdrawn("a", NOW.plus(Duration.ofDays(9_999)));
    Plan plan = plan(seats(future, key("b"), vacant()), published("b"));
    assertThat(plan.after().getFirst().held())
        .isEqualTo(new Held.Key(verifying("a"), Optional.of(NOW)));
  }

  @Test
  void a_key_that_comes_back_is_as_if_it_had_never_left() {
    Plan plan =
        plan(seats(withdrawn("a", NOW.minusSeconds(9)), key("b"), vacant()), published("a", "b"));
    assertThat(plan.after().getFirst().held()).isEqualTo(key("a"));
    assertThat(plan.changes()).extracting(Change::kind).containsExactly(Kind.RETURN);
  }

  @Test
  void a_published_key_waits_where_every_seat_is_taken_and_pushes_nobody_out() {
    Plan plan = plan(seats(withdrawn("a", NOW), key("b"), key("c")), published("b", "c", "d"));
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.unseated()).extracting(VerifyingKey::kid).containsExactly("d");
  }

  @Test
  void another_tenants_keys_leave_those_that_work_where_they_are() {
    Plan plan = plan(seats(key("a"), key("b"), vacant()), published("x", "y"));
    assertThat(held(plan)).containsExactly("a", "b", "x");
    assertThat(plan.unseated()).hasSize(1);
  }

  @Test
  void the_tenants_word_counts_for_another_key_under_the_same_kid() {
    VerifyingKey old = verifying("old");
    Held same =
        new Held.Key(new VerifyingKey("a", old.modulus(), old.exponent()), Optional.empty());
    Plan plan = plan(seats(same, key("b"), vacant()), published("a", "b"));
    assertThat(plan.changes()).extracting(Change::kind).containsExactly(Kind.REPLACE);
    assertThat(plan.after().getFirst().held()).isEqualTo(key("a"));
  }

  @Test
  void a_key_whose_entry_is_refused_now_has_not_left() {
    PublishedKeys keys = new PublishedKeys(List.of(verifying("b")), List.of(), Set.of("a", "b"));
    assertThat(plan(seats(key("a"), key("b"), vacant()), keys).isEmpty()).isTrue();
  }

  @Test
  void a_broken_credential_is_mended_where_it_is_never_beside_itself() {
    Plan plan = plan(seats(vacant(), broken("b"), key("a")), published("a", "b"));
    assertThat(held(plan)).containsExactly("-", "b", "a");
    assertThat(plan.changes()).hasSize(1);
  }

  @Test
  void a_broken_credential_of_nobody_becomes_a_free_seat() {
    Plan plan = plan(seats(broken("x"), missing(), key("a")), published("a"));
    assertThat(held(plan)).containsExactly("-", "-", "a");
    assertThat(plan.changes()).extracting(Change::kind).containsExactly(Kind.VACATE, Kind.PREPARE);
  }

  @Test
  void a_kid_that_is_there_twice_is_parted_before_anything_else() {
    Plan plan = plan(seats(key("a"), key("a"), missing()), published("a", "b", "c"));
    assertThat(plan.changes().getFirst().kind()).isEqualTo(Kind.SEPARATE);
    assertThat(held(plan)).containsExactly("a", "b", "c");
  }

  @Test
  void of_two_with_the_same_kid_the_one_that_works_stays() {
    Plan plan = plan(seats(broken("a"), key("a"), vacant()), published("a"));
    assertThat(held(plan)).containsExactly("-", "a", "-");
  }

  /** Whatever happened before, and at each single write on the way. */
  @Test
  void laws_hold_over_any_history() {
    long seed = 4711;
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      Map<String, Held> state = new LinkedHashMap<>();
      for (int seat = 0; seat < 3; seat++) {
        state.put("s" + seat, any(random));
      }
      Instant now = NOW;
      for (int step = 0; step < 6; step++) {
        now = now.plus(Duration.ofHours(random.nextInt(1, 30)));
        PublishedKeys published = published(some(random));
        Plan plan = Planner.plan(seats(state), published, DAY, now);
        assertSafe(plan, state, published, "seed " + seed + " run " + run + " step " + step);
        assertThat(Planner.plan(seats(state), published, DAY, now).isEmpty()).isTrue();
      }
    }
  }

  private static void assertSafe(
      Plan plan, Map<String, Held> state, PublishedKeys published, String where) {
    Set<String> worked = working(state, published);
    boolean clean = kids(state).size() == new HashSet<>(kids(state)).size();
    for (Change change : plan.changes()) {
      state.put(change.seat().name(), change.target());
      assertThat(working(state, published)).as(where).containsAll(worked);
      if (clean) {
        assertThat(kids(state)).as(where).doesNotHaveDuplicates();
      }
    }
    assertThat(kids(state)).as(where).doesNotHaveDuplicates();
    Set<String> waiting =
        plan.unseated().stream().map(VerifyingKey::kid).collect(Collectors.toSet());
    Set<String> reached = new HashSet<>(working(state, published));
    reached.addAll(waiting);
    assertThat(reached).as(where).isEqualTo(published.kids());
  }

  /** Those published keys that verify now. */
  private static Set<String> working(Map<String, Held> state, PublishedKeys published) {
    return state.values().stream()
        .filter(held -> held instanceof Held.Key key && published.accepted().contains(key.key()))
        .flatMap(held -> held.kid().stream())
        .collect(Collectors.toSet());
  }

  private static List<String> kids(Map<String, Held> state) {
    return state.values().stream().flatMap(held -> held.kid().stream()).toList();
  }

  private static Held any(Random random) {
    String kid = "abcde".substring(random.nextInt(5)).substring(0, 1);
    return switch (random.nextInt(5)) {
      case 0 -> vacant();
      case 1 -> missing();
      case 2 -> broken(kid);
      case 3 -> withdrawn(kid, NOW.minus(Duration.ofHours(random.nextInt(48))));
      default -> key(kid);
    };
  }

  private static String[] some(Random random) {
    List<String> kids = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
    Collections.shuffle(kids, random);
    return kids.subList(0, random.nextInt(1, 5)).toArray(String[]::new);
  }

  private static Plan plan(List<Seat> seats, PublishedKeys published) {
    return Planner.plan(seats, published, DAY, NOW);
  }

  private static List<Seat> seats(Held... held) {
    List<Seat> seats = new ArrayList<>();
    for (Held one : held) {
      seats.add(new Seat("s" + seats.size(), one));
    }
    return seats;
  }

  private static List<Seat> seats(Map<String, Held> state) {
    return state.entrySet().stream().map(seat -> new Seat(seat.getKey(), seat.getValue())).toList();
  }

  private static Stream<String> held(Plan plan) {
    return plan.after().stream().map(seat -> seat.held().kid().orElse("-"));
  }

  private static Held key(String kid) {
    return new Held.Key(verifying(kid), Optional.empty());
  }

  private static Held withdrawn(String kid, Instant since) {
    return new Held.Key(verifying(kid), Optional.of(since));
  }

  private static Held vacant() {
    return new Held.Vacant();
  }

  private static Held broken(String kid) {
    return new Held.Unusable(Optional.of(kid), "broken");
  }

  private static Held missing() {
    return new Held.Unusable(Optional.empty(), "missing");
  }
}
