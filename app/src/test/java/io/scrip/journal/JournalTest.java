package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.audit.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The journal as its callers see it, with writers of its own. */
class JournalTest {
  private final FakeLedger ledger = new FakeLedger();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  /** Holds its writer until released. */
  private final Work<String, String> stuck =
      (tx, names) -> {
        entered.countDown();
        await(release);
        return Entries.effects(tx, names);
      };

  private Journal journal = journal(10_000, Entries.PATIENCE);

  private Journal journal(int capacity, Duration drainTimeout) {
    JournalConfig config = new JournalConfig(1, capacity, 500, drainTimeout);
    return new Journal(
        config, 1, ledger, Entries.chains(ledger), CommitListener.none(), CallerThread.none());
  }

  @AfterEach
  void stop() {
    release.countDown();
    journal.close();
  }

  @Test
  void an_answer_comes_after_the_commit() throws Throwable {
    assertThat(Entries.answer(journal.submit(Entries.ECHO, "entry-00001")))
        .isEqualTo("entry-00001");
    assertThat(ledger.recorded()).containsExactly("entry-00001");
  }

  @Test
  void nothing_asked_is_nothing_answered() {
    assertThat(journal.submitAll(Entries.ECHO, List.of())).isEmpty();
  }

  @Test
  void overloaded_a_batch_is_refused_whole() throws Throwable {
    restart(3, Entries.PATIENCE);
    var first = journal.submit(stuck, "entry-00001");
    await(entered);
    var waiting = journal.submitAll(Entries.ECHO, List.of("entry-00002", "entry-00003"));
    assertThatExceptionOfType(JournalException.Overloaded.class)
        .isThrownBy(() -> journal.submitAll(Entries.ECHO, List.of("entry-00004", "entry-00005")));
    assertThat(journal.depth()).isEqualTo(2);
    release.countDown();
    Entries.answer(first);
    Entries.answer(waiting.getLast());
    assertThat(ledger.effects()).containsExactly("entry-00001", "entry-00002", "entry-00003");
  }

  @Test
  void a_batch_larger_than_the_queue_goes_through_when_nothing_waits() {
    restart(5, Entries.PATIENCE);
    var futures = journal.submitAll(Entries.ECHO, Entries.names(1_000));
    assertThat(futures.stream().map(CompletableFuture::join)).isEqualTo(Entries.names(1_000));
  }

  @Test
  void what_takes_long_is_in_nobodys_way() throws Throwable {
    var slow = journal.submitSlow(stuck, "entry-slow");
    await(entered);
    assertThat(Entries.answer(journal.submit(Entries.ECHO, "entry-swift")))
        .isEqualTo("entry-swift");
    assertThat(slow).isNotDone();
    release.countDown();
    assertThat(Entries.answer(slow)).isEqualTo("entry-slow");
  }

  @Test
  void closing_commits_all_that_was_accepted_and_closes_every_chain() {
    var futures = journal.submitAll(Entries.ECHO, Entries.names(3_000));
    var slow = journal.submitSlow(Entries.ECHO, "entry-slow");
    journal.close();
    assertThat(futures).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
    assertThat(slow.join()).isEqualTo("entry-slow");
    assertThat(ledger.verdict()).isInstanceOf(Verdict.Verified.class);
    assertThat(ledger.recorded()).hasSize(3_001);
    assertThat(
            ledger.events().stream()
                .filter(event -> event.event().requestId().value().equals("chain.close")))
        .allMatch(
            end ->
                ledger.checkpoints().stream()
                    .anyMatch(
                        sign ->
                            sign.chain().equals(end.chain()) && sign.sequence() == end.sequence()))
        .hasSize(2);
  }

  @Test
  void after_closing_nothing_is_taken() {
    journal.close();
    assertThatExceptionOfType(JournalException.Closed.class)
        .isThrownBy(() -> journal.submit(Entries.ECHO, "entry-00001"));
    assertThatExceptionOfType(JournalException.Closed.class)
        .isThrownBy(() -> journal.submitSlow(Entries.ECHO, "entry-00001"));
    assertThat(ledger.commits()).isEmpty();
  }

  @Test
  void closing_twice_is_closing_once() {
    journal.submit(Entries.ECHO, "entry-00001");
    journal.close();
    journal.close();
    assertThat(ledger.events()).hasSize(3);
  }

  @Test
  void a_stop_does_not_wait_for_ever() {
    restart(10, Duration.ofMillis(1));
    var future = journal.submit(stuck, "entry-00001");
    await(entered);
    journal.close();
    assertThat(future).isNotDone();
  }

  private void restart(int capacity, Duration drainTimeout) {
    journal.close();
    journal = journal(capacity, drainTimeout);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Entries.PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
          .isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
