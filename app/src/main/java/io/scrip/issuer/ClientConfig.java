package io.scrip.issuer;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Property;
import java.time.Duration;
import java.util.Optional;

/**
 * A further client, under {@code scrip.issuer.clients.<id>}; the id of a built-in client replaces
 * it.
 *
 * @param id its {@code client_id}
 * @param secret the id by default
 * @param scope what it was granted, parted by spaces; nothing by default
 * @param permissionsClaim whether the token carries {@code permissions} beside {@code scope}, as an
 *     Auth0 API with an {@code _authz} dialect does; false by default
 * @param orgId the token's {@code org_id}, which names the tenant; none by default
 * @param expiresIn how long its tokens live, 1 hour by default (Auth0: 24 hours)
 */
@EachProperty("scrip.issuer.clients")
@InDevelopment
record ClientConfig(
    @Parameter String id,
    @Property(name = "scrip.issuer.clients.*.secret") Optional<String> secret,
    @Property(name = "scrip.issuer.clients.*.scope", defaultValue = "") String scope,
    @Property(name = "scrip.issuer.clients.*.permissions-claim", defaultValue = "false")
        boolean permissionsClaim,
    @Property(name = "scrip.issuer.clients.*.org-id") Optional<String> orgId,
    @Property(name = "scrip.issuer.clients.*.expires-in", defaultValue = "1h") Duration expiresIn) {

  /** A client that needs no configuration: its secret is its id. */
  static ClientConfig builtIn(String id, String scope) {
    return new ClientConfig(
        id, Optional.empty(), scope, false, Optional.empty(), Duration.ofHours(1));
  }

  /** Secrets of development, but still none to print. */
  @Override
  public String toString() {
    return "ClientConfig[" + id + "]";
  }
}
