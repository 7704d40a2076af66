package io.scrip.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.scrip.vault.RefusalListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts calls that were answered with a problem, also those that never came so far as to be in the
 * audit trail: without a good token, unreadable, or too many.
 */
@Singleton
final class RefusalMetrics implements RefusalListener {
  /**
   * What is alarming from the first time on: a counter that is not there before it jumps from
   * nothing, and Prometheus sees no increase.
   */
  static final List<String> ALARMING =
      List.of(
          "internal",
          "integrity-violated",
          "keys-unavailable",
          "outcome-unknown",
          "overloaded",
          "store-unavailable");

  private final MeterRegistry registry;
  private final ConcurrentMap<Refusal, Counter> counters = new ConcurrentHashMap<>();

  RefusalMetrics(MeterRegistry registry) {
    this.registry = registry;
    ALARMING.forEach(problem -> counter(new Refusal(problem, NO_REASON)));
  }

  @Override
  public void refused(String problem, String reason) {
    counter(new Refusal(problem, reason)).increment();
  }

  private Counter counter(Refusal refusal) {
    return counters.computeIfAbsent(refusal, this::register);
  }

  private Counter register(Refusal refusal) {
    return Counter.builder("scrip.refusals")
        .description("Calls that were answered with a problem")
        .tag("problem", refusal.problem)
        .tag("reason", refusal.reason)
        .register(registry);
  }

  private record Refusal(String problem, String reason) {}
}
