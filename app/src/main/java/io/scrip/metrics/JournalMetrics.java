package io.scrip.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scrip.audit.AuditEvent;
import io.scrip.audit.ChainedEvent;
import io.scrip.journal.CommitListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts decisions and times commits. */
@Singleton
final class JournalMetrics implements CommitListener {
  private final MeterRegistry registry;
  private final Timer commits;
  private final DistributionSummary groups;
  private final Counter failures;
  private final ConcurrentMap<Decision, Counter> decisions = new ConcurrentHashMap<>();

  JournalMetrics(MeterRegistry registry) {
    this.registry = registry;
    commits =
        Timer.builder("scrip.journal.commit")
            .description("One group: its statements, its audit events and the commit")
            .publishPercentileHistogram()
            .register(registry);
    groups =
        DistributionSummary.builder("scrip.journal.group.size")
            .description("Entries that shared a commit")
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
    events.forEach(event -> count(event.event()));
  }

  private void count(AuditEvent event) {
    Decision decision = new Decision(event.action().word(), event.outcome().word(), event.reason());
    decisions.computeIfAbsent(decision, this::counter).increment();
  }

  private Counter counter(Decision decision) {
    return Counter.builder("scrip.decisions")
        .description("Decisions that are in the audit trail")
        .tag("action", decision.action)
        .tag("outcome", decision.outcome)
        .tag("reason", decision.reason)
        .register(registry);
  }

  @Override
  public void failed(int entries) {
    failures.increment();
  }

  private record Decision(String action, String outcome, String reason) {}
}
