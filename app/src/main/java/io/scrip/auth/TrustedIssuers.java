package io.scrip.auth;

import io.scrip.auth.IssuerConfig.Kind;
import io.scrip.auth.TrustedIssuer.Grants;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Reads the configuration into trusted issuers, or refuses the start and names the key to change.
 */
final class TrustedIssuers {
  private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

  private final AuthConfig config;
  private final KeysConfig keys;
  private final Stage stage;
  private final InstantSource clock;
  private final Executor background;

  TrustedIssuers(
      AuthConfig config, KeysConfig keys, Stage stage, InstantSource clock, Executor background) {
    this.config = config;
    this.keys = keys;
    this.stage = stage;
    this.clock = clock;
    this.background = background;
  }

  /**
   * By the exact text of {@code iss}. Without any issuer, which only development may be, every
   * token is refused.
   */
  Map<String, TrustedIssuer> read(List<IssuerConfig> issuers, List<ServiceAccountConfig> accounts) {
    if (issuers.isEmpty() && stage == Stage.PRODUCTION) {
      throw new StartRefused(
          "scrip.auth.issuers", "names no issuer; add one, with the exact text of its tokens' iss");
    }
    ServiceAccounts table = new ServiceAccounts(issuers, accounts);
    Map<String, TrustedIssuer> trusted = new HashMap<>();
    for (IssuerConfig issuer : issuers) {
      TrustedIssuer read = read(issuer, table);
      if (trusted.putIfAbsent(read.issuer(), read) != null) {
        throw new StartRefused(issuer.key("issuer"), "is configured twice");
      }
    }
    return trusted;
  }

  private TrustedIssuer read(IssuerConfig issuer, ServiceAccounts accounts) {
    String name = requireIssuer(issuer);
    return new TrustedIssuer(
        name,
        requireAudience(issuer),
        requireAlgorithms(issuer),
        issuer.types().stream()
            .map(type -> type.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        grants(issuer, accounts),
        ring(issuer, name));
  }

  private static Grants grants(IssuerConfig issuer, ServiceAccounts accounts) {
    return switch (issuer.kind()) {
      case OAUTH -> new Grants.FromClaims(issuer.tenantClaim());
      case KUBERNETES -> new Grants.FromTable(accounts.of(issuer));
    };
  }

  private KeyRing ring(IssuerConfig issuer, String name) {
    URI uri =
        issuer
            .jwksUri()
            .orElseGet(() -> SafeUri.parse(issuer.key("issuer"), name + wellKnownPath(issuer)));
    SafeUri.require(issuer.key("jwks-uri"), uri, stage);
    KeySource source = new HttpKeySource(uri, issuer.caFile(), issuer.bearerTokenFile(), keys);
    return new KeyRing(issuer.name(), source, keys, clock, background);
  }

  private static String wellKnownPath(IssuerConfig issuer) {
    return issuer.kind() == Kind.KUBERNETES ? "/openid/v1/jwks" : ".well-known/jwks.json";
  }

  private String requireIssuer(IssuerConfig issuer) {
    String name =
        issuer
            .issuer()
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new StartRefused(
                        issuer.key("issuer"), "is missing; it is the exact text of iss"));
    SafeUri.require(issuer.key("issuer"), SafeUri.parse(issuer.key("issuer"), name), stage);
    return name;
  }

  private String requireAudience(IssuerConfig issuer) {
    return issuer
        .audience()
        .filter(text -> !text.isBlank())
        .or(config::audience)
        .orElseThrow(
            () ->
                new StartRefused(
                    "scrip.auth.audience",
                    "is missing; it is what aud must contain, this API's identifier"));
  }

  private static Set<String> requireAlgorithms(IssuerConfig issuer) {
    if (issuer.algorithms().isEmpty() || !ALGORITHMS.containsAll(issuer.algorithms())) {
      throw new StartRefused(issuer.key("algorithms"), "takes RS256, ES256 or both");
    }
    return Set.copyOf(issuer.algorithms());
  }
}
