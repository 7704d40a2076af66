package io.scrip.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.auth.CallerVerifier;
import io.scrip.auth.IssuerKeys;
import io.scrip.vault.DataKeyMeter;
import java.time.Duration;
import java.util.Optional;

/** How old the keys are, and how much of them is left: our own, and those of the issuers. */
@Context
@Requires(missingProperty = "scrip.command")
final class KeyGauges {
  private static final String SECONDS = "seconds";
  private static final double MILLIS_PER_SECOND = 1_000;

  KeyGauges(MeterRegistry registry, DataKeyMeter dataKeys, CallerVerifier verifier) {
    Gauge.builder("scrip.key.age", dataKeys, meter -> seconds(meter.age()))
        .description("Since the key came into use; NaN where this process has not used it yet")
        .baseUnit(SECONDS)
        .tag("key", "data")
        .register(registry);
    Gauge.builder("scrip.data.key.records.left", dataKeys, DataKeyMeter::recordsLeft)
        .description("Records that may still be sealed under this process's data key")
        .register(registry);
    Gauge.builder("scrip.data.key.records.limit", dataKeys, DataKeyMeter::recordsLimit)
        .description("Records that one data key may seal; a successor is made at seven eighths")
        .register(registry);
    verifier.issuerKeys().forEach(keys -> issuer(registry, keys));
  }

  private static void issuer(MeterRegistry registry, IssuerKeys issuer) {
    Gauge.builder("scrip.jwks.age", issuer, keys -> seconds(keys.age()))
        .description("Since an issuer's keys were fetched; NaN before the first token")
        .baseUnit(SECONDS)
        .tag("nick", issuer.nick())
        .register(registry);
    Gauge.builder("scrip.jwks.tolerance", issuer, keys -> seconds(Optional.of(keys.tolerance())))
        .description("At which age they are no longer trusted while the issuer is away")
        .baseUnit(SECONDS)
        .tag("nick", issuer.nick())
        .register(registry);
    Gauge.builder("scrip.jwks.away", issuer, keys -> keys.isAway() ? 1 : 0)
        .description("1 where the last attempt to fetch them failed")
        .tag("nick", issuer.nick())
        .register(registry);
  }

  private static double seconds(Optional<Duration> age) {
    return age.map(time -> time.toMillis() / MILLIS_PER_SECOND).orElse(Double.NaN);
  }
}
