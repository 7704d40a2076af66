package io.scrip.issuer;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.scrip.identity.StartRefused;

/**
 * Whoever knows a secret that equals its client's name could have any token: not outside
 * development.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE) // before anything is written
@Requires(notEnv = "dev")
@Requires(property = "scrip.issuer.enabled", value = "true")
final class StandInForbidden {
  StandInForbidden() {
    throw new StartRefused(
        "scrip.issuer.enabled", "the stand-in issuer belongs to development; remove the setting");
  }
}
