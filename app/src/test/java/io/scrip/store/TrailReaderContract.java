package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.audit.TrailReader;
import io.scrip.audit.TrailReader.Filter;
import io.scrip.audit.TrailReader.Head;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** What any store promises about reading the trail. */
abstract class TrailReaderContract extends StoreContract {
  private static final RecursiveComparisonConfiguration BY_PARTS =
      new RecursiveComparisonConfiguration();
  private static final LookupDigest TOKEN = Samples.digest("token");
  private static final Filter ALL =
      new Filter(
          TenantId.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty());

  @Test
  void an_empty_trail_has_no_heads() {
    assertThat(trail().heads()).isEmpty();
    assertThat(trail().latest()).isEmpty();
    assertThat(trail().events("c", 0, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(trail().events(ALL, Optional.empty(), 10)).isEmpty();
    assertThat(trail().checkpoints("c", 0, 10)).isEmpty();
  }

  @Test
  void events_of_every_action_come_back_as_they_went_in() {
    List<ChainedEvent> events = new ArrayList<>();
    for (Action action : Action.values()) {
      events.add(at(events.size() + 1, action));
    }
    events.add(full(events.size() + 1));
    append(events, List.of());
    assertThat(trail().events("c", 0, Long.MAX_VALUE, 100))
        .usingRecursiveFieldByFieldElementComparator(BY_PARTS)
        .isEqualTo(linked(events));
    assertThat(trail().events(ALL, Optional.empty(), 100)).hasSize(events.size() - 1);
  }

  @Test
  void what_a_chain_was_opened_upon_is_kept_and_every_other_link_is_the_row_before()
      throws Exception {
    List<ChainedEvent> events = numbered("c", 3);
    append(events, List.of());
    assertThat(database.ask("select sum(octet_length(previous)) from scrip_audit.audit_events"))
        .isEqualTo("32");
    assertThat(trail().events("c", 0, 1, 1).getFirst().previous())
        .isEqualTo(events.getFirst().previous());
    assertThat(trail().events("c", 2, 3, 1).getFirst().previous())
        .as("also where a page begins")
        .isEqualTo(events.get(1).hash());
    assertThat(trail().events(ALL, Optional.empty(), 10).getLast().previous())
        .isEqualTo(events.get(1).hash());
  }

  @Test
  void an_event_whose_row_before_is_gone_links_to_nothing() throws Exception {
    append(numbered("c", 3), List.of());
    database.execute("delete from scrip_audit.audit_events where sequence = 2");
    assertThat(trail().events("c", 0, 9, 9))
        .extracting(ChainedEvent::sequence)
        .containsExactly(1L, 3L);
    assertThat(trail().events("c", 2, 9, 9).getFirst().previous()).isEqualTo(new byte[32]);
  }

  @Test
  void a_chain_is_read_between_two_places() {
    append(numbered("c", 9), List.of());
    assertThat(trail().events("c", 2, 7, 3))
        .extracting(ChainedEvent::sequence)
        .containsExactly(3L, 4L, 5L);
    assertThat(trail().events("c", 5, 7, 30))
        .extracting(ChainedEvent::sequence)
        .containsExactly(6L, 7L);
    assertThat(trail().events("another", 0, 9, 30)).isEmpty();
  }

  @Test
  void heads_stand_in_the_order_of_opening_and_the_latest_is_the_one_written_last() {
    append(numbered("z", 1), List.of());
    append(numbered("a", 3), List.of());
    var last = samples.event("z", 2, Samples.MADE.plusSeconds(99), Action.LOOKUP, TOKEN);
    append(List.of(last), List.of());
    assertThat(trail().heads())
        .extracting(Head::chain, Head::sequence)
        .containsExactly(tuple("z", 2L), tuple("a", 3L));
    assertThat(trail().heads().getFirst().hash()).isEqualTo(last.hash());
    assertThat(trail().latest().orElseThrow().chain()).isEqualTo("z");
  }

  @Test
  void of_one_group_at_one_moment_the_last_is_the_latest() {
    append(
        List.of(
            samples.event("c", 1, Samples.MADE, Action.LOOKUP, TOKEN),
            samples.event("c", 2, Samples.MADE, Action.LOOKUP, TOKEN)),
        List.of());
    assertThat(trail().latest().orElseThrow().sequence()).isEqualTo(2);
  }

  @Test
  void each_filter_keeps_what_it_names() {
    var other = new Actor("https://issuer.example/", "other", "other-client");
    append(
        List.of(
            samples.event("c", 1, Samples.MADE, Action.TOKENIZE, TOKEN),
            samples.event("c", 2, Samples.MADE.plusSeconds(1), Action.LOOKUP, TOKEN),
            samples.event(
                "c",
                3,
                Samples.MADE.plusSeconds(2),
                Action.LOOKUP,
                Samples.digest("u"),
                other,
                Outcome.REFUSED),
            full(4)),
        List.of());
    var none = Optional.<Instant>empty();
    assertThat(sequences(filter(f -> withTime(f, Optional.of(Samples.MADE.plusSeconds(1)), none))))
        .containsExactly(2L, 3L);
    assertThat(sequences(filter(f -> withTime(f, none, Optional.of(Samples.MADE.plusSeconds(1))))))
        .containsExactly(1L);
    assertThat(sequences(filter(f -> withActor(f, "clerk|1")))).containsExactly(1L, 2L);
    assertThat(sequences(filter(f -> withActor(f, "other-client")))).containsExactly(3L);
    assertThat(sequences(filter(f -> withActor(f, "other%")))).isEmpty();
    assertThat(sequences(filter(f -> withAction(f, Action.LOOKUP)))).containsExactly(2L, 3L);
    assertThat(sequences(filter(f -> withToken(f, TOKEN)))).containsExactly(1L, 2L);
    assertThat(sequences(filter(f -> withSubject(f, Samples.digest("s"))))).isEmpty();
    assertThat(sequences(withSubject(ofTenant("another"), Samples.digest("s"))))
        .containsExactly(4L);
  }

  @Test
  void pages_follow_one_another_without_gap_or_repetition_also_at_one_moment() {
    List<ChainedEvent> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Instant at = Samples.MADE.plusSeconds(i / 6);
      events.add(samples.event(i % 2 == 0 ? "a" : "b", i / 2 + 1, at, Action.LOOKUP, TOKEN));
    }
    append(events, List.of());
    List<String> read = new ArrayList<>();
    Optional<ChainedEvent> last = Optional.empty();
    List<ChainedEvent> page = trail().events(ALL, last, 3);
    while (!page.isEmpty()) {
      page.forEach(
          event -> read.add(event.at() + event.chain() + "%02d".formatted(event.sequence())));
      page = trail().events(ALL, Optional.of(page.getLast()), 3);
    }
    assertThat(read).hasSize(20).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void checkpoints_come_back_by_sequence() {
    var one = new Checkpoint("c", 5, Samples.MADE, samples.bytes(32), "key-1", samples.bytes(64));
    var two = new Checkpoint("c", 9, Samples.MADE, samples.bytes(32), "key-1", samples.bytes(64));
    var other = new Checkpoint("d", 5, Samples.MADE, samples.bytes(32), "key-1", samples.bytes(64));
    append(numbered("c", 1), List.of());
    append(numbered("d", 1), List.of(two, one, other));
    assertThat(trail().checkpoints("c", 0, 10))
        .usingRecursiveFieldByFieldElementComparator(BY_PARTS)
        .containsExactly(one, two);
    assertThat(trail().checkpoints("c", 5, 10)).hasSize(1);
    assertThat(trail().checkpoints("c", 0, 1)).hasSize(1);
  }

  private TrailReader trail() {
    return database.trail();
  }

  private List<Long> sequences(Filter filter) {
    return trail().events(filter, Optional.empty(), 100).stream()
        .map(ChainedEvent::sequence)
        .toList();
  }

  private void append(List<ChainedEvent> events, List<Checkpoint> checkpoints) {
    commit(
        tx -> {
          database.ledger().append(tx, events, checkpoints);
          return true;
        });
  }

  /** The same, each linked to the one before. */
  private static List<ChainedEvent> linked(List<ChainedEvent> events) {
    List<ChainedEvent> linked = new ArrayList<>(events.subList(0, 1));
    for (ChainedEvent next : events.subList(1, events.size())) {
      linked.add(
          new ChainedEvent(
              next.chain(),
              next.sequence(),
              next.at(),
              next.event(),
              linked.getLast().hash(),
              next.hash()));
    }
    return linked;
  }

  private List<ChainedEvent> numbered(String chain, int count) {
    List<ChainedEvent> events = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      events.add(samples.event(chain, i, Samples.MADE.plusMillis(i), Action.LOOKUP, TOKEN));
    }
    return events;
  }

  private ChainedEvent at(long sequence, Action action) {
    return samples.event("c", sequence, Samples.MADE.plusMillis(sequence), action, TOKEN);
  }

  /** Another tenant's, with what the others have not, and without what they have. */
  private ChainedEvent full(long sequence) {
    var event =
        new AuditEvent(
            Action.SEARCH,
            new Actor("i".repeat(AuditEvent.MAX_TEXT), "😀 '; --", "ü"),
            new TenantId("another"),
            Outcome.REFUSED,
            "permission-missing",
            Optional.empty(),
            Optional.empty(),
            Optional.of(Samples.digest("s")),
            Optional.empty(),
            new RequestId("request-full"));
    return new ChainedEvent(
        "c", sequence, Samples.MADE.plusSeconds(9), event, samples.bytes(32), samples.bytes(32));
  }

  private static Filter filter(UnaryOperator<Filter> with) {
    return with.apply(ALL);
  }

  private static Filter ofTenant(String tenant) {
    return new Filter(
        new TenantId(tenant),
        ALL.from(),
        ALL.to(),
        ALL.actor(),
        ALL.action(),
        ALL.subjects(),
        ALL.token());
  }

  private static Filter withTime(Filter f, Optional<Instant> from, Optional<Instant> to) {
    return new Filter(f.tenant(), from, to, f.actor(), f.action(), f.subjects(), f.token());
  }

  private static Filter withActor(Filter f, String actor) {
    return new Filter(
        f.tenant(), f.from(), f.to(), Optional.of(actor), f.action(), f.subjects(), f.token());
  }

  private static Filter withAction(Filter f, Action action) {
    return new Filter(
        f.tenant(), f.from(), f.to(), f.actor(), Optional.of(action), f.subjects(), f.token());
  }

  private static Filter withSubject(Filter f, LookupDigest subject) {
    return new Filter(
        f.tenant(), f.from(), f.to(), f.actor(), f.action(), Set.of(subject), f.token());
  }

  private static Filter withToken(Filter f, LookupDigest token) {
    return new Filter(
        f.tenant(), f.from(), f.to(), f.actor(), f.action(), f.subjects(), Optional.of(token));
  }
}
