package io.scrip.identity;

import java.util.Set;

/**
 * The verified sender of a request.
 *
 * @param actor who acts
 * @param tenant whose data it may touch
 * @param grants the union of the token's {@code scope} and {@code permissions}, or what the
 *     configuration gives a service account; compared exactly, never as a pattern
 */
public record Caller(Actor actor, TenantId tenant, Set<String> grants) {
  public Caller {
    grants = Set.copyOf(grants);
  }
}
