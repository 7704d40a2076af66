package io.scrip.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scrip.audit.AuditEvent;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.journal.CommitListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Times commits, and hands on what they held. */
@Singleton
final class JournalMetrics implements CommitListener {
  /** From a commit to memory up to one that a caller no longer waits for. */
  private static final Duration[] COMMIT_TIMES =
      Durations.ofMillis(0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 5_000);

  /** Entries; the largest is the default of {@code scrip.journal.max-group}. */
  private static final double[] GROUP_SIZES = {1, 2, 5, 10, 25, 50, 100, 250, 500};

  private final Timer commits;
  private final DistributionSummary groups;
  private final Counter failures;
  private final DecisionMetrics decisions;
  private final RevealMetrics reveals;
  private final ChainMetrics chains;

  JournalMetrics(
      MeterRegistry registry,
      DecisionMetrics decisions,
      RevealMetrics reveals,
      ChainMetrics chains) {
    this.decisions = decisions;
    this.reveals = reveals;
    this.chains = chains;
    commits =
        Timer.builder("scrip.journal.commit")
            .description("One group: its statements, its audit events and the commit")
            .serviceLevelObjectives(COMMIT_TIMES)
            .register(registry);
    groups =
        DistributionSummary.builder("scrip.journal.group.size")
            .description("Entries that shared a commit")
            .serviceLevelObjectives(GROUP_SIZES)
            .register(registry);
    failures =
        Counter.builder("scrip.journal.failures")
            .description("Commits that failed")
            .register(registry);
  }

  @Override
  public void committed(int entries, List<ChainedEvent> events, Duration took) {
    commits.record(took);
    groups.record(entries);
    for (ChainedEvent chained : events) {
      AuditEvent event = chained.event();
      decisions.count(event);
      reveals.count(event);
    }
    chains.written(events);
  }

  @Override
  public void failed(int entries) {
    failures.increment();
  }

  @Override
  public void signed(Checkpoint checkpoint) {
    chains.signed(checkpoint);
  }

  @Override
  public void notSigned() {
    chains.notSigned();
  }

  @Override
  public void abandoned(String chain) {
    chains.abandoned(chain);
  }
}
