package io.scrip.auth;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Property;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One issuer whose tokens we take, under {@code scrip.auth.issuers.<name>}.
 *
 * @param name the operator's word for it, used in complaints and logs
 * @param issuer compared with {@code iss} character by character: {@code
 *     https://tenant.eu.auth0.com/}, the slash at the end included
 * @param audience what {@code aud} must contain here; {@link AuthConfig#audience()} by default
 * @param jwksUri where the keys are; by default {@code <issuer>.well-known/jwks.json}, and {@code
 *     <issuer>/openid/v1/jwks} for a cluster
 * @param kind whose claims these are
 * @param algorithms {@code RS256}, {@code ES256} or both; {@code RS256} by default
 * @param types what {@code typ} may be, case apart; {@code JWT} and {@code at+jwt} by default. A
 *     cluster's tokens may lack it
 * @param tenantClaim the claim that names the tenant, {@code org_id} by default
 * @param caFile PEM certificates to trust for {@code jwksUri} instead of the JDK's, read before
 *     each fetch
 * @param bearerTokenFile a token to present when fetching the keys, read before each fetch
 */
@EachProperty("scrip.auth.issuers")
public record IssuerConfig(
    @Parameter String name,
    @Property(name = "scrip.auth.issuers.*.issuer") Optional<String> issuer,
    @Property(name = "scrip.auth.issuers.*.audience") Optional<String> audience,
    @Property(name = "scrip.auth.issuers.*.jwks-uri") Optional<URI> jwksUri,
    @Property(name = "scrip.auth.issuers.*.kind", defaultValue = "oauth") Kind kind,
    @Property(name = "scrip.auth.issuers.*.algorithms", defaultValue = "RS256")
        List<String> algorithms,
    @Property(name = "scrip.auth.issuers.*.types", defaultValue = "JWT,at+jwt") List<String> types,
    @Property(name = "scrip.auth.issuers.*.tenant-claim", defaultValue = "org_id")
        String tenantClaim,
    @Property(name = "scrip.auth.issuers.*.ca-file") Optional<Path> caFile,
    @Property(name = "scrip.auth.issuers.*.bearer-token-file") Optional<Path> bearerTokenFile) {

  /** Whose claims a token carries. */
  public enum Kind {
    /** Auth0 and its like: permissions and tenant stand in the token. */
    OAUTH,
    /**
     * A cluster's service accounts: the token says who, the configuration says what they may do.
     */
    KUBERNETES
  }

  public IssuerConfig {
    algorithms = List.copyOf(algorithms);
    types = List.copyOf(types);
  }

  /** The full key of one setting of this issuer, for complaints. */
  String key(String setting) {
    return "scrip.auth.issuers." + name + "." + setting;
  }
}
