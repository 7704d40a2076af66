package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.AuditConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a writer does while nobody wants anything. */
class IdleWriterTest extends WriterFixture {
  @Test
  void the_head_is_signed_when_its_time_has_come_though_nothing_happens() throws Exception {
    CountDownLatch signed = new CountDownLatch(1);
    ledger.beforeCommit(
        changes -> {
          if (changes.events.isEmpty() && !changes.checkpoints.isEmpty()) {
            signed.countDown();
          }
        });
    AuditConfig soon = new AuditConfig(1_000, Duration.ofNanos(1));
    Thread thread =
        Thread.startVirtualThread(
            new Writer(
                queue,
                10,
                ledger,
                Entries.chains(ledger, soon),
                CommitListener.none(),
                Duration.ofMillis(1)));
    // The clock stands still, so the group's own commit finds nothing due; a nanosecond later it
    // is.
    put("entry-00001").get(1, TimeUnit.MINUTES);
    ledger.clock.advance(Duration.ofSeconds(1));
    assertThat(signed.await(1, TimeUnit.MINUTES)).isTrue();
    queue.close();
    thread.join();
    assertThat(ledger.checkpoints()).hasSize(2);
    assertTrail(3, 1);
  }

  @Test
  void a_head_is_signed_with_its_group_when_enough_has_happened() {
    put("entry-00001");
    AuditConfig each = new AuditConfig(1, Duration.ofDays(1));
    queue.close();
    new Writer(
            queue,
            10,
            ledger,
            Entries.chains(ledger, each),
            CommitListener.none(),
            Duration.ofMillis(1))
        .run();
    assertThat(ledger.checkpoints())
        .extracting(checkpoint -> checkpoint.sequence())
        .containsExactly(2L, 3L);
  }
}
