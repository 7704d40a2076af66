package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.ChainedEvent;
import io.scrip.identity.Action;
import io.scrip.journal.FakeLedger.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a writer does when all goes well, and what it writes when it ends. */
class WriterTest extends WriterFixture {
  @Test
  void all_that_waits_shares_one_commit() {
    var futures = put(Entries.ECHO, Entries.names(20));
    drain(100);
    assertAnswered(futures, Entries.names(20));
    assertThat(ledger.commits()).as("the group, then the chain's end").hasSize(2);
    assertThat(told).containsExactly("committed 20 with 21");
    assertTrail(22, 1);
  }

  @Test
  void more_than_a_group_may_hold_is_committed_in_turns_on_one_chain() {
    var futures = put(Entries.ECHO, Entries.names(25));
    drain(10);
    assertAnswered(futures, Entries.names(25));
    assertThat(told)
        .containsExactly("committed 10 with 11", "committed 10 with 10", "committed 5 with 5");
    assertTrail(27, 1);
  }

  @Test
  void entries_of_one_work_are_applied_at_once_and_each_gets_its_own_answer() {
    List<Integer> sizes = new ArrayList<>();
    Work<String, String> louder =
        (tx, names) -> {
          sizes.add(names.size());
          return names.stream()
              .map(name -> Effect.answered(name + "!", Entries.event(name)))
              .toList();
        };
    var first = put(louder, List.of("entry-00001"));
    var echo = put("entry-00002");
    var third = put(louder, List.of("entry-00003"));
    drain(100);
    assertThat(sizes).containsExactly(2);
    assertThat(first.getFirst().join()).isEqualTo("entry-00001!");
    assertThat(echo.join()).isEqualTo("entry-00002");
    assertThat(third.getFirst().join()).isEqualTo("entry-00003!");
  }

  @Test
  void pitfall_12_nobody_is_answered_before_the_events_are_durable() {
    List<CompletableFuture<String>> futures = new ArrayList<>(put(Entries.ECHO, Entries.names(30)));
    List<String> tooEarly = new ArrayList<>();
    ledger.beforeCommit(
        changes ->
            changes.effects.forEach(
                name -> {
                  if (futures.get(Entries.names(30).indexOf(name)).isDone()) {
                    tooEarly.add(name.toString());
                  }
                }));
    List<String> unrecorded = new ArrayList<>();
    futures.forEach(
        future ->
            future.thenAccept(
                name -> {
                  if (!ledger.recorded().contains(name)) {
                    unrecorded.add(name);
                  }
                }));
    drain(7);
    assertThat(ledger.recorded()).isEqualTo(Entries.names(30));
    assertThat(tooEarly).isEmpty();
    assertThat(unrecorded).isEmpty();
  }

  @Test
  void a_refusal_is_on_record_before_it_is_told() {
    var denied = new IllegalStateException("denied");
    var future =
        put(
                (_, names) -> List.of(Effect.refused(denied, Entries.event(names.getFirst()))),
                List.of("entry-00001"))
            .getFirst();
    drain(10);
    assertThat(failure(future)).isSameAs(denied);
    assertThat(ledger.recorded()).containsExactly("entry-00001");
    assertTrail(3, 1);
  }

  @Test
  void what_has_no_event_is_answered_and_opens_no_chain() {
    var future =
        put((_, _) -> List.of(new Effect.Answered<>("quiet", List.of())), List.of("entry-00001"))
            .getFirst();
    drain(10);
    assertThat(future.join()).isEqualTo("quiet");
    assertThat(ledger.events()).isEmpty();
  }

  @Test
  void a_writer_without_work_leaves_no_trace() {
    drain(10);
    assertThat(ledger.commits()).isEmpty();
  }

  @Test
  void a_chain_ends_with_its_closing_event_signed() {
    put("entry-00001");
    drain(10);
    ChainedEvent last = ledger.events().getLast();
    assertThat(ledger.events().getFirst().event().action()).isEqualTo(Action.OPEN_CHAIN);
    assertThat(last.event().action()).isEqualTo(Action.CLOSE_CHAIN);
    assertThat(ledger.checkpoints().getLast().sequence()).isEqualTo(last.sequence());
    assertThat(ledger.checkpoints().getLast().head()).isEqualTo(last.hash());
  }

  @Test
  void a_chain_that_could_not_be_closed_is_still_a_trail() {
    put("entry-00001");
    ledger.plan(End.WELL, End.REFUSED);
    drain(10);
    assertThat(ledger.events()).hasSize(2);
    assertTrail(2, 1);
  }

  @Test
  void a_listener_that_fails_costs_nobody_an_answer_and_nothing_happens_twice() {
    var futures = put(Entries.ECHO, Entries.names(3));
    queue.close();
    writer(10, new Deaf()).run();
    assertAnswered(futures, Entries.names(3));
    assertThat(ledger.effects()).isEqualTo(List.copyOf(Entries.names(3)));
    assertTrail(5, 1);
  }

  private static final class Deaf implements CommitListener {
    @Override
    public void committed(int entries, List<ChainedEvent> events, Duration took) {
      throw new IllegalStateException("not listening");
    }

    @Override
    public void failed(int entries) {
      throw new IllegalStateException("not listening");
    }
  }
}
