package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Verdict;
import io.scrip.journal.FakeLedger.End;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixty-four callers at once. */
class JournalConcurrencyTest {
  private static final int CALLERS = 64;
  private static final int CALLS = 50;

  private final FakeLedger ledger = new FakeLedger();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Queue<String> unrecorded = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void each_call_is_answered_once_recorded_once_and_each_chain_has_no_gap(int writers)
      throws Exception {
    run(writers);
    assertThat(failures).isEmpty();
    assertThat(answers).hasSize(CALLERS * CALLS).doesNotHaveDuplicates();
    assertThat(unrecorded).as("answered before its event was durable").isEmpty();
    assertThat(ledger.recorded()).containsExactlyInAnyOrderElementsOf(answers);
    assertGapless();
  }

  @Test
  void a_ledger_that_fails_now_and_then_makes_nothing_happen_twice() throws Exception {
    List<End> ends = new ArrayList<>(Collections.nCopies(200, End.WELL));
    Random random = new Random(20261121);
    ends.replaceAll(
        _ ->
            random.nextInt(4) == 0
                ? End.REFUSED
                : random.nextInt(20) == 0 ? End.LOST_ANSWER : End.WELL);
    ledger.plan(ends.toArray(End[]::new));
    run(2);
    assertThat(answers.size() + failures.size()).isEqualTo(CALLERS * CALLS);
    assertThat(ledger.effects()).doesNotHaveDuplicates().containsAll(answers);
    assertThat(ledger.recorded())
        .containsExactlyInAnyOrderElementsOf(
            ledger.effects().stream().map(Object::toString).toList());
    assertGapless();
  }

  private void run(int writers) throws Exception {
    JournalConfig config = new JournalConfig(writers, 10_000, 50, Entries.PATIENCE);
    CyclicBarrier start = new CyclicBarrier(CALLERS);
    try (Journal journal =
            new Journal(
                config,
                writers,
                ledger,
                Entries.chains(ledger),
                CommitListener.none(),
                CallerThread.none());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int own = caller;
        running.add(
            callers.submit(
                () -> {
                  start.await();
                  call(journal, own);
                  return own;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private void call(Journal journal, int caller) {
    Map<String, Boolean> seen = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      String name = "call-%02d-%03d".formatted(caller, i);
      try {
        String answer =
            journal
                .submit(Entries.ECHO, name)
                .thenApply(
                    told -> {
                      seen.put(told, isDurable(told));
                      return told;
                    })
                .join();
        assertThat(answer).isEqualTo(name);
        answers.add(answer);
      } catch (java.util.concurrent.CompletionException failed) {
        failures.add(name);
      }
    }
    seen.forEach((name, durable) -> unrecorded.addAll(durable ? List.of() : List.of(name)));
  }

  private boolean isDurable(String name) {
    return ledger.isRecorded(name);
  }

  private void assertGapless() {
    assertThat(ledger.verdict()).isInstanceOf(Verdict.Verified.class);
    Map<String, Long> sequences = new HashMap<>();
    for (ChainedEvent event : ledger.events()) {
      assertThat(event.sequence()).isEqualTo(sequences.merge(event.chain(), 1L, Long::sum));
    }
  }
}
