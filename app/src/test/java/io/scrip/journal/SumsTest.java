package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.audit.AuditEvent;
import io.scrip.audit.Verdict;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SumsTest {
  private static final int MAX_KEYS = 3;

  private final FakeLedger ledger = new FakeLedger();
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final Journal journal =
      new Journal(
          new JournalConfig(1, 100, 500, Entries.PATIENCE),
          1,
          ledger,
          Entries.chains(ledger),
          CommitListener.none(),
          CallerThread.none());
  private final Sums sums = new Sums(journal, MAX_KEYS, () -> Instant.ofEpochMilli(millis.get()));

  @AfterEach
  void stop() {
    journal.close();
  }

  @Test
  void while_the_last_write_failed_nothing_is_counted_and_nothing_is_forgotten() {
    add("a", 5).join();
    ledger.plan(FakeLedger.End.REFUSED);
    sums.write();
    assertThat(reasons()).isEmpty();
    assertFails(add("a", 100), JournalException.NotWritten.class);
    assertFails(add("b", 1), JournalException.NotWritten.class);
    sums.write();
    assertThat(reasons()).containsExactly("sealed-5");
    add("a", 1).join();
    sums.write();
    assertThat(reasons()).containsExactly("sealed-5", "sealed-1");
  }

  /** Twice in the trail is harmless, not at all is not. */
  @Test
  void a_write_whose_end_nobody_knows_is_written_again() {
    add("a", 5).join();
    ledger.plan(FakeLedger.End.LOST_ANSWER);
    sums.write();
    assertFails(add("a", 1), JournalException.OutcomeUnknown.class);
    sums.write();
    assertThat(reasons()).containsExactly("sealed-5", "sealed-5");
  }

  @Test
  void what_one_write_could_not_hold_is_kept_and_the_rest_is_written() {
    add("bad", 5, count -> event("bad", "request-bad", count)).join();
    add("good", 7, count -> event("good", "request-good", count)).join();
    ledger.plan(FakeLedger.End.REFUSED, FakeLedger.End.REFUSED);
    sums.write(); // a group that fails is tried one by one: one of the two is refused again
    sums.write();
    assertThat(reasons()).contains("sealed-5", "sealed-7");
  }

  @Test
  void while_a_write_takes_too_long_nothing_is_counted() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeCommit(
        _ -> {
          entered.countDown();
          hold(release);
        });
    add("a", 1).join();
    Thread writing = Thread.startVirtualThread(sums::write);
    entered.await();
    add("a", 1).join(); // not too long yet
    millis.addAndGet(Sums.PATIENCE.plus(Duration.ofMillis(1)).toMillis());
    assertFails(add("a", 1), JournalException.Overloaded.class);
    release.countDown();
    writing.join();
    add("a", 1).join();
    sums.write();
    assertThat(reasons()).containsExactly("sealed-1", "sealed-2");
  }

  @Test
  void after_closing_nothing_is_counted_and_what_was_is_written() {
    add("a", 3).join();
    sums.close();
    assertThat(reasons()).containsExactly("sealed-3");
    assertFails(add("a", 1), JournalException.Closed.class);
  }

  @Test
  void an_event_that_the_trail_would_not_take_fails_alone() {
    LongFunction<AuditEvent> unfit = count -> event("control \u0007", "request-bad", count);
    assertThatThrownBy(() -> add("bad", 1, unfit)).isInstanceOf(IllegalArgumentException.class);
    add("good", 1).join();
    sums.write();
    assertThat(reasons()).containsExactly("sealed-1");
  }

  @Test
  void no_more_keys_wait_than_may_and_who_comes_then_waits_for_its_own_commit() {
    for (int i = 0; i < MAX_KEYS; i++) {
      add("key " + i, 1).join();
    }
    add("one more", 9).join();
    assertThat(reasons()).containsExactly("sealed-9");
    add("key 0", 1).join(); // has its place
    assertThat(reasons()).containsExactly("sealed-9");
    ledger.plan(FakeLedger.End.REFUSED);
    assertFails(add("another", 1), JournalException.NotWritten.class);
    sums.write();
    assertThat(reasons()).containsExactlyInAnyOrder("sealed-9", "sealed-2", "sealed-1", "sealed-1");
  }

  @Test
  void a_sum_that_a_reason_could_not_hold_becomes_several() {
    for (int i = 0; i < 3; i++) {
      add("a", Sums.MOST).join();
    }
    add("a", 2).join();
    sums.write();
    assertThat(reasons())
        .containsExactlyInAnyOrder("sealed-999999", "sealed-999999", "sealed-999999", "sealed-2");
    assertThat(ledger.verdict()).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void keys_are_counted_apart_and_the_first_call_names_the_event() {
    add("a", 1, count -> event("ann", "request-00001", count)).join();
    add("b", 1, count -> event("bob", "request-00002", count)).join();
    add("a", 2, count -> event("ann", "request-00003", count)).join();
    add("a", 0, count -> event("ann", "request-00004", count)).join();
    sums.write();
    assertThat(reasons()).containsExactlyInAnyOrder("sealed-3", "sealed-1");
    assertThat(ledger.recorded()).containsExactlyInAnyOrder("request-00001", "request-00002");
  }

  @Test
  void nothing_counted_is_nothing_written() {
    sums.write();
    assertThat(ledger.commits()).isEmpty();
  }

  @Test
  void whatever_was_counted_is_written_while_many_count_and_it_closes() throws Exception {
    AtomicLong counted = new AtomicLong();
    sums.start();
    List<Thread> callers = new ArrayList<>();
    CountDownLatch half = new CountDownLatch(4 * 5_000);
    for (int caller = 0; caller < 4; caller++) {
      String key = "key " + caller % 2;
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (true) {
                      try {
                        add(key, 1).join();
                        counted.incrementAndGet();
                        half.countDown();
                      } catch (java.util.concurrent.CompletionException closed) {
                        return;
                      }
                    }
                  }));
    }
    half.await();
    sums.close();
    for (Thread caller : callers) {
      caller.join();
    }
    long written =
        reasons().stream().mapToLong(reason -> Long.parseLong(reason.substring(7))).sum();
    assertThat(written).isGreaterThanOrEqualTo(counted.get()).isLessThan(counted.get() + 5);
  }

  private CompletableFuture<Boolean> add(String key, long count) {
    return add(key, count, n -> event("clerk", "request-" + key.replace(' ', '-') + "-00", n));
  }

  private CompletableFuture<Boolean> add(String key, long count, LongFunction<AuditEvent> event) {
    return sums.add(key, count, event);
  }

  private static AuditEvent event(String subject, String request, long count) {
    return new AuditEvent(
        Action.ENCRYPT,
        new Actor("https://issuer.example/", subject, "till"),
        TenantId.DEFAULT,
        AuditEvent.Outcome.ALLOWED,
        "sealed-" + count,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RequestId(request));
  }

  private List<String> reasons() {
    return ledger.events().stream()
        .map(event -> event.event().reason())
        .filter(reason -> reason.startsWith("sealed-"))
        .toList();
  }

  private static void assertFails(
      CompletableFuture<?> future, Class<? extends Throwable> expected) {
    assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
        .isThrownBy(future::join)
        .withCauseInstanceOf(expected);
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
