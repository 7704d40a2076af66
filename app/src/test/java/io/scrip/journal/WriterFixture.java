package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A writer in the test's own thread: it works off what was put in, closes its chain and is done.
 */
class WriterFixture {
  final FakeLedger ledger = new FakeLedger();
  final EntryQueue queue = new EntryQueue(10_000);
  final List<String> told = new ArrayList<>();

  CompletableFuture<String> put(String name) {
    return put(Entries.ECHO, List.of(name)).getFirst();
  }

  List<CompletableFuture<String>> put(Work<String, String> work, List<String> names) {
    List<Entry<String, String>> entries =
        names.stream().map(name -> Entry.of(work, name, Runnable::run)).toList();
    queue.putAll(entries);
    return entries.stream().map(Entry::future).toList();
  }

  void drain(int maxGroup) {
    queue.close();
    writer(maxGroup, listener()).run();
  }

  Writer writer(int maxGroup, CommitListener listener) {
    return new Writer(
        queue, maxGroup, ledger, Entries.chains(ledger), listener, Duration.ofMillis(1));
  }

  private CommitListener listener() {
    return new CommitListener() {
      @Override
      public void committed(int entries, List<ChainedEvent> events, Duration took) {
        told.add("committed " + entries + " with " + events.size());
      }

      @Override
      public void failed(int entries) {
        told.add("failed " + entries);
      }
    };
  }

  /** By the auditor's own check: so many events, no gap, no change, in so many chains. */
  void assertTrail(int events, int chains) {
    assertThat(ledger.verdict())
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> {
              assertThat(verified.events()).isEqualTo(events);
              assertThat(verified.chains()).isEqualTo(chains);
            });
  }

  static void assertAnswered(List<CompletableFuture<String>> futures, List<String> names) {
    assertThat(futures).allMatch(CompletableFuture::isDone);
    assertThat(futures.stream().map(CompletableFuture::join)).isEqualTo(names);
  }

  static Throwable failure(CompletableFuture<?> future) {
    assertThat(Set.of(CompletableFuture.completedFuture(0).state())).doesNotContain(future.state());
    return future.exceptionNow();
  }
}
