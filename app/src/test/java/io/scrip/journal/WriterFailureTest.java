package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.journal.FakeLedger.End;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commits that fail, in every way there is: who is told what, and what the trail looks like after.
 */
class WriterFailureTest extends WriterFixture {
  private static final List<String> NAMES = Entries.names(6);

  @Test
  void one_bad_entry_fails_alone() {
    var defect = new IllegalStateException("defect");
    var futures = put(Entries.failingAt(NAMES.get(2), defect), NAMES);
    drain(10);
    assertThat(failure(futures.get(2))).isSameAs(defect);
    assertOthersAnswered(futures, 2);
    assertThat(told.getFirst()).isEqualTo("failed 6");
    assertTrail(7, 1);
  }

  @Test
  void an_error_in_one_entry_neither_spreads_nor_ends_the_writer() {
    var defect = new StackOverflowError("too deep");
    var futures = put(Entries.failingAt(NAMES.get(4), defect), NAMES);
    var after = put(Entries.ECHO, List.of("entry-after"));
    drain(6);
    assertThat(failure(futures.get(4)))
        .isInstanceOf(JournalException.NotWritten.class)
        .hasCause(defect);
    assertOthersAnswered(futures, 4);
    assertAnswered(after, List.of("entry-after"));
    assertTrail(8, 1);
  }

  @Test
  void what_the_store_refuses_fails_alone_and_as_not_written() {
    var futures = put(Entries.ECHO, NAMES);
    ledger.refuse(NAMES.get(5)::equals);
    drain(10);
    assertThat(failure(futures.get(5))).isInstanceOf(JournalException.NotWritten.class);
    assertOthersAnswered(futures, 5);
    assertTrail(7, 1);
  }

  @Test
  void a_work_that_answers_for_too_few_fails_them_and_nobody_waits_for_ever() {
    var futures = put((_, _) -> List.of(), NAMES);
    drain(10);
    assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(ledger.commits()).isEmpty();
  }

  @Test
  void a_group_that_was_rolled_back_leaves_no_gap_in_the_chain() {
    var futures = put(Entries.ECHO, NAMES);
    ledger.plan(End.WELL, End.REFUSED);
    drain(3);
    assertAnswered(futures, NAMES);
    assertThat(ledger.effects()).isEqualTo(List.copyOf(NAMES));
    assertThat(told).startsWith("committed 3 with 4", "failed 3", "committed 1 with 1");
    assertTrail(8, 1);
  }

  @Test
  void work_that_is_run_twice_is_in_the_trail_once_and_answered_once() {
    ledger.presumeTooMuch();
    var futures = put(Entries.ECHO, NAMES);
    drain(3);
    assertAnswered(futures, NAMES);
    assertThat(ledger.recorded()).isEqualTo(NAMES);
    assertTrail(8, 1);
  }

  @Test
  void a_chain_whose_first_group_was_rolled_back_is_opened_again() {
    var futures = put(Entries.ECHO, NAMES);
    ledger.plan(End.REFUSED);
    drain(10);
    assertAnswered(futures, NAMES);
    assertTrail(8, 1);
  }

  @Test
  void a_store_that_is_away_fails_each_entry_and_works_again_when_it_is_back() {
    var lost = put(Entries.ECHO, NAMES);
    var after = put(Entries.ECHO, List.of("entry-after"));
    ledger.plan(Collections.nCopies(7, End.REFUSED).toArray(End[]::new));
    drain(6);
    assertThat(lost)
        .allSatisfy(
            future -> assertThat(failure(future)).isInstanceOf(JournalException.NotWritten.class));
    assertAnswered(after, List.of("entry-after"));
    assertThat(ledger.recorded()).containsExactly("entry-after");
    assertTrail(3, 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"LOST_ANSWER", "LOST_COMMIT"})
  void an_unknown_outcome_is_told_as_such_and_never_tried_again(End end) {
    var unknown = put(Entries.ECHO, NAMES);
    ledger.plan(end);
    drain(10);
    assertThat(unknown)
        .allSatisfy(
            future ->
                assertThat(failure(future)).isInstanceOf(JournalException.OutcomeUnknown.class));
    assertThat(ledger.effects()).hasSize(end == End.LOST_ANSWER ? 6 : 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"LOST_ANSWER", "LOST_COMMIT"})
  void after_an_unknown_outcome_a_new_chain_begins_and_the_trail_still_verifies(End end) {
    put(Entries.ECHO, Entries.names(9));
    ledger.plan(End.WELL, end);
    drain(3);
    assertThat(ledger.events().stream().map(event -> event.chain()).distinct())
        .containsExactly("node.1", "node.2");
    assertTrail(end == End.LOST_ANSWER ? 12 : 9, 2);
  }

  @Test
  void an_unknown_outcome_while_trying_one_by_one_stops_at_that_one() {
    var futures = put(Entries.ECHO, NAMES);
    ledger.plan(End.REFUSED, End.WELL, End.LOST_ANSWER);
    drain(10);
    assertThat(failure(futures.get(1))).isInstanceOf(JournalException.OutcomeUnknown.class);
    assertOthersAnswered(futures, 1);
    assertThat(ledger.effects()).as("each once").isEqualTo(List.copyOf(NAMES));
    assertTrail(9, 2);
  }

  /**
   * A law: whatever ends however, nothing happens twice, the answered is on record, the rest is
   * told what is known.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void any_run_of_ends_keeps_the_promise(long seed) {
    Random random = new Random(seed);
    List<String> names = Entries.names(120);
    var futures = put(Entries.ECHO, names);
    ledger.plan(random.ints(60, 0, 10).mapToObj(WriterFailureTest::end).toArray(End[]::new));
    drain(1 + random.nextInt(12));
    assertThat(ledger.effects()).as("seed %d", seed).doesNotHaveDuplicates();
    assertThat(ledger.recorded()).as("seed %d", seed).isEqualTo(ledger.effects());
    for (int i = 0; i < names.size(); i++) {
      boolean done = ledger.effects().contains(names.get(i));
      if (!futures.get(i).isCompletedExceptionally()) {
        assertThat(done).as("seed %d, entry %d was answered", seed, i).isTrue();
      } else if (failure(futures.get(i)) instanceof JournalException.NotWritten) {
        assertThat(done).as("seed %d, entry %d was not written", seed, i).isFalse();
      }
    }
    int events = ledger.events().size();
    assertTrail(
        events, (int) ledger.events().stream().map(event -> event.chain()).distinct().count());
  }

  private static End end(int die) {
    return switch (die) {
      case 0, 1 -> End.REFUSED;
      case 2 -> End.LOST_ANSWER;
      case 3 -> End.LOST_COMMIT;
      default -> End.WELL;
    };
  }

  private static void assertOthersAnswered(List<CompletableFuture<String>> futures, int bad) {
    List<CompletableFuture<String>> others = new ArrayList<>(futures);
    others.remove(bad);
    List<String> names = new ArrayList<>(NAMES);
    names.remove(bad);
    assertAnswered(others, names);
  }
}
