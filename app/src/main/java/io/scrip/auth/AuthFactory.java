package io.scrip.auth;

import io.micronaut.context.annotation.Factory;
import io.scrip.identity.Stage;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Puts the verifier together. Also without a container: tests call it like any other constructor.
 */
@Factory
public final class AuthFactory {
  /**
   * The one verifier of the service.
   *
   * @throws io.scrip.identity.StartRefused when a setting is missing or unsafe for this stage
   */
  @Singleton
  public CallerVerifier callerVerifier(
      AuthConfig config,
      TokenCacheConfig cache,
      KeysConfig keys,
      List<IssuerConfig> issuers,
      List<ServiceAccountConfig> accounts,
      Stage stage,
      InstantSource clock) {
    Executor virtualThreads = task -> Thread.ofVirtual().name("scrip-auth").start(task);
    var trusted =
        new TrustedIssuers(config, keys, stage, clock, virtualThreads).read(issuers, accounts);
    return new CallerVerifier(
        new TokenVerifier(trusted, config, clock), cache, clock, virtualThreads);
  }
}
