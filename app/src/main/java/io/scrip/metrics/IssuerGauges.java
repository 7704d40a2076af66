package io.scrip.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.auth.CallerVerifier;
import io.scrip.auth.IssuerKeys;
import java.util.Optional;

/** How it stands with the published keys of each issuer, by the operator's word for it. */
@Context
@Requires(missingProperty = "scrip.command")
final class IssuerGauges {
  private static final String SECONDS = "seconds";
  private static final String NICK = "nick";

  IssuerGauges(MeterRegistry registry, CallerVerifier verifier) {
    verifier.issuerKeys().forEach(keys -> register(registry, keys));
  }

  private static void register(MeterRegistry registry, IssuerKeys issuer) {
    Gauge.builder("scrip.jwks.age", issuer, keys -> Durations.seconds(keys.age()))
        .description("Since an issuer's keys were fetched; NaN before the first token")
        .baseUnit(SECONDS)
        .tag(NICK, issuer.nick())
        .register(registry);
    Gauge.builder(
            "scrip.jwks.tolerance",
            issuer,
            keys -> Durations.seconds(Optional.of(keys.tolerance())))
        .description("At which age they are no longer trusted while the issuer is away")
        .baseUnit(SECONDS)
        .tag(NICK, issuer.nick())
        .register(registry);
    Gauge.builder("scrip.jwks.away", issuer, keys -> keys.isAway() ? 1 : 0)
        .description("1 where the last attempt to fetch them failed")
        .tag(NICK, issuer.nick())
        .register(registry);
  }
}
