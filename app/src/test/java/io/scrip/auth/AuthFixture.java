package io.scrip.auth;

import io.scrip.identity.Caller;
import io.scrip.identity.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * One provider, one verifier, one clock. Work for other threads is done at once, so that nothing
 * has to be awaited.
 */
final class AuthFixture implements AutoCloseable {
  static final KeysConfig KEYS =
      new KeysConfig(
          Duration.ofMinutes(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          3,
          Duration.ofHours(6),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          65_536);
  static final AuthConfig CONFIG =
      new AuthConfig(Optional.of(TestToken.AUDIENCE), Duration.ofSeconds(30), 8_192);
  static final TokenCacheConfig CACHE = new TokenCacheConfig(10_000, Duration.ofSeconds(60));
  static final TokenCacheConfig NO_CACHE = new TokenCacheConfig(0, Duration.ZERO);

  final TestProvider provider = new TestProvider();
  final TestClock clock = new TestClock();

  CallerVerifier verifier() {
    return verifier(oauth("RS256"), CACHE, Runnable::run);
  }

  CallerVerifier verifier(
      IssuerConfig issuer,
      TokenCacheConfig cache,
      Executor background,
      ServiceAccountConfig... accounts) {
    var trusted =
        new TrustedIssuers(CONFIG, KEYS, Stage.PRODUCTION, clock, background)
            .read(List.of(issuer), List.of(accounts));
    return new CallerVerifier(new TokenVerifier(trusted, CONFIG, clock), cache, clock, background);
  }

  IssuerConfig oauth(String... algorithms) {
    return issuer("main", provider.issuer(), IssuerConfig.Kind.OAUTH, Optional.empty(), algorithms);
  }

  IssuerConfig cluster() {
    return issuer(
        "cluster",
        provider.issuer(),
        IssuerConfig.Kind.KUBERNETES,
        Optional.of(provider.jwksUri()),
        "RS256");
  }

  static IssuerConfig issuer(
      String name,
      String issuer,
      IssuerConfig.Kind kind,
      Optional<URI> jwksUri,
      String... algorithms) {
    return new IssuerConfig(
        name,
        Optional.of(issuer),
        Optional.empty(),
        jwksUri,
        kind,
        List.of(algorithms),
        List.of("JWT", "at+jwt"),
        "org_id",
        Optional.empty(),
        Optional.empty());
  }

  TestToken token() {
    return TestToken.of(provider.issuer(), clock.instant());
  }

  static Caller verify(CallerVerifier verifier, String token) {
    try {
      return verifier.verify(token).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The reason for which the token is refused, or "accepted". */
  static String outcome(CallerVerifier verifier, String token) {
    try {
      verify(verifier, token);
      return "accepted";
    } catch (AuthException.InvalidToken e) {
      return e.reason();
    } catch (AuthException.KeysUnavailable e) {
      return "keys-unavailable";
    }
  }

  @Override
  public void close() {
    provider.close();
  }
}
