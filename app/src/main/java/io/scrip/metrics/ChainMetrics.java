package io.scrip.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the audit chains that this process writes: what is written, what of it is
 * signed, and what waits for a signature for how long.
 */
@Singleton
final class ChainMetrics {
  private final InstantSource clock;
  private final Counter events;
  private final Counter checkpoints;
  private final Counter failures;
  private final Counter abandoned;
  private final ConcurrentMap<String, Unsigned> unsigned = new ConcurrentHashMap<>();
  private volatile @Nullable Instant lastSigned;

  ChainMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    events = counter(registry, "scrip.audit.events", "Events that are in the audit trail");
    checkpoints = counter(registry, "scrip.audit.checkpoints", "Signatures over a chain's head");
    failures =
        counter(
            registry,
            "scrip.audit.checkpoint.failures",
            "Checkpoints and chain ends that could not be written");
    abandoned =
        counter(
            registry,
            "scrip.audit.chains.abandoned",
            "Chains left without a signed end, the connection having broken in a commit");
    gauge(
        registry,
        "scrip.audit.unsigned.events",
        null,
        "Events that no checkpoint covers",
        ChainMetrics::unsignedEvents);
    gauge(
        registry,
        "scrip.audit.unsigned.age",
        "seconds",
        "Since the oldest event that no checkpoint covers; 0 where all are covered",
        ChainMetrics::unsignedAge);
    gauge(
        registry,
        "scrip.audit.checkpoint.age",
        "seconds",
        "Since the last checkpoint; NaN before the first. A quiet service signs nothing",
        ChainMetrics::checkpointAge);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      @Nullable String unit,
      String description,
      ToDoubleFunction<ChainMetrics> value) {
    Gauge.builder(name, this, value)
        .description(description)
        .baseUnit(unit)
        .strongReference(true)
        .register(registry);
  }

  /** A group's events, all of one chain. */
  void written(List<ChainedEvent> group) {
    if (group.isEmpty()) {
      return;
    }
    events.increment(group.size());
    ChainedEvent first = group.getFirst();
    unsigned.merge(first.chain(), new Unsigned(first.at(), group.size()), Unsigned::and);
  }

  void signed(Checkpoint checkpoint) {
    checkpoints.increment();
    unsigned.remove(checkpoint.chain());
    lastSigned = checkpoint.at();
  }

  void notSigned() {
    failures.increment();
  }

  /** Nothing can be done about it any more in this process, so it is counted and let go. */
  void abandoned(String chain) {
    abandoned.increment();
    unsigned.remove(chain);
  }

  private double unsignedEvents() {
    return unsigned.values().stream().mapToLong(Unsigned::events).sum();
  }

  private double unsignedAge() {
    return unsigned.values().stream()
        .map(Unsigned::since)
        .min(Instant::compareTo)
        .map(this::secondsSince)
        .orElse(0.0);
  }

  private double checkpointAge() {
    return Optional.ofNullable(lastSigned).map(this::secondsSince).orElse(Double.NaN);
  }

  private double secondsSince(Instant then) {
    return Math.max(0, Durations.seconds(Optional.of(Duration.between(then, clock.instant()))));
  }

  private record Unsigned(Instant since, long events) {
    Unsigned and(Unsigned later) {
      return new Unsigned(since, events + later.events);
    }
  }
}
