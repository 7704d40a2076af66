package io.scrip.bench;

import io.scrip.auth.AuthConfig;
import io.scrip.auth.AuthFactory;
import io.scrip.auth.CallerVerifier;
import io.scrip.auth.IssuerConfig;
import io.scrip.auth.KeysConfig;
import io.scrip.auth.TokenCacheConfig;
import io.scrip.identity.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's own token check, set up as by default, for one issuer. */
final class Verifiers {
  private Verifiers() {}

  static CallerVerifier remembering(String issuer) {
    return verifier(issuer, new TokenCacheConfig(10_000, Duration.ofSeconds(60)));
  }

  /** Checks each token anew. */
  static CallerVerifier forgetful(String issuer) {
    return verifier(issuer, new TokenCacheConfig(0, Duration.ZERO));
  }

  private static CallerVerifier verifier(String issuer, TokenCacheConfig cache) {
    return new AuthFactory()
        .callerVerifier(
            new AuthConfig(Optional.of(EchoServer.AUDIENCE), Duration.ofSeconds(30), 8_192),
            cache,
            keys(),
            List.of(issuer(issuer)),
            List.of(),
            Stage.DEVELOPMENT,
            Clock.systemUTC());
  }

  private static KeysConfig keys() {
    return new KeysConfig(
        Duration.ofMinutes(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        3,
        Duration.ofHours(6),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        65_536);
  }

  private static IssuerConfig issuer(String issuer) {
    return new IssuerConfig(
        "dev",
        Optional.of(issuer),
        Optional.empty(),
        Optional.empty(),
        IssuerConfig.Kind.OAUTH,
        List.of("RS256"),
        List.of("JWT", "at+jwt"),
        "org_id",
        Optional.empty(),
        Optional.empty());
  }
}
