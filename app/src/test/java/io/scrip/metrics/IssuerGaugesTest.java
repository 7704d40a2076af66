package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.auth.AuthConfig;
import io.scrip.auth.AuthFactory;
import io.scrip.auth.CallerVerifier;
import io.scrip.auth.KeysConfig;
import io.scrip.auth.TokenCacheConfig;
import io.scrip.identity.Stage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ages that nobody knows yet are none, and each issuer goes by its nick. */
class IssuerGaugesTest {
  private static final KeysConfig KEYS =
      new KeysConfig(
          Duration.ofMinutes(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          3,
          Duration.ofHours(6),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          65_536);

  private final Meters meters = new Meters();
  private final CallerVerifier verifier =
      new AuthFactory()
          .callerVerifier(
              new AuthConfig(Optional.of("https://api.example"), Duration.ZERO, 8192),
              new TokenCacheConfig(10, Duration.ofMinutes(1)),
              KEYS,
              List.of(
                  Meters.issuer("auth0", Meters.ISSUER),
                  Meters.issuer("partner", "https://partner.example/")),
              List.of(),
              Stage.PRODUCTION,
              InstantSource.system());

  @Test
  void issuers_have_an_age_a_tolerance_and_a_mood_by_nick() {
    new IssuerGauges(meters.registry, verifier);
    for (String nick : List.of("auth0", "partner")) {
      assertThat(meters.value("scrip.jwks.age", "nick=" + nick)).isNaN();
      assertThat(meters.value("scrip.jwks.tolerance", "nick=" + nick)).isEqualTo(21_600);
      assertThat(meters.value("scrip.jwks.away", "nick=" + nick)).isZero();
    }
    assertThat(meters.names()).hasSize(6).noneMatch(name -> name.contains("https:"));
  }
}
