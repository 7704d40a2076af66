package io.scrip.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.vault.DataKeyMeter;

/** How old our own keys are, and how much of them is left. */
@Context
@Requires(missingProperty = "scrip.command")
final class KeyGauges {
  KeyGauges(MeterRegistry registry, DataKeyMeter dataKeys) {
    Gauge.builder("scrip.key.age", dataKeys, meter -> Durations.seconds(meter.age()))
        .description("Since the key came into use; NaN where this process has not used it yet")
        .baseUnit("seconds")
        .tag("key", "data")
        .register(registry);
    Gauge.builder("scrip.data.key.records.left", dataKeys, DataKeyMeter::recordsLeft)
        .description("Records that may still be sealed under this process's data key")
        .register(registry);
    Gauge.builder("scrip.data.key.records.limit", dataKeys, DataKeyMeter::recordsLimit)
        .description("Records that one data key may seal; a successor is made at seven eighths")
        .register(registry);
  }
}
