package io.scrip.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.vault.DataKeyMeter;
import io.scrip.vault.KeyWatch;
import io.scrip.vault.RekeyJob;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** How old our own keys are, and how much of them is left. */
@Context
@Requires(missingProperty = "scrip.command")
final class KeyGauges {
  KeyGauges(MeterRegistry registry, DataKeyMeter dataKeys, KeyWatch watch) {
    age(registry, "data", dataKeys::age);
    age(registry, "kek", watch::kekAge);
    age(registry, "digest", watch::digestAge);
    rekey(
        registry,
        "total",
        "Keys and rows that were due when the latest job began",
        watch,
        RekeyJob::total);
    rekey(registry, "done", "How many of them it has looked at", watch, RekeyJob::done);
    rekey(
        registry,
        "failed",
        "How many did not open, and were left as they were",
        watch,
        RekeyJob::failed);
    rekey(
        registry, "running", "1 while the job runs", watch, job -> job.endedAt().isEmpty() ? 1 : 0);
    Gauge.builder("scrip.data.key.records.left", dataKeys, DataKeyMeter::recordsLeft)
        .description("Records that may still be sealed under this process's data key")
        .register(registry);
    Gauge.builder("scrip.data.key.records.limit", dataKeys, DataKeyMeter::recordsLimit)
        .description("Records that one data key may seal; a successor is made at seven eighths")
        .register(registry);
  }

  private static void age(MeterRegistry registry, String key, Supplier<Optional<Duration>> age) {
    Gauge.builder("scrip.key.age", age, known -> Durations.seconds(known.get()))
        .description("Since the key came into use; NaN where this process has not seen it yet")
        .baseUnit("seconds")
        .tag("key", key)
        .strongReference(true) // nobody else holds the method reference
        .register(registry);
  }

  /** As this instance saw the latest job last, at most some seconds ago. */
  private static void rekey(
      MeterRegistry registry,
      String name,
      String description,
      KeyWatch watch,
      ToLongFunction<RekeyJob> part) {
    Gauge.builder(
            "scrip.rekey." + name,
            watch,
            seen -> seen.job().map(job -> (double) part.applyAsLong(job)).orElse(0.0))
        .description(description)
        .register(registry);
  }
}
