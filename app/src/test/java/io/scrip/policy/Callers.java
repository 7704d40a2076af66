package io.scrip.policy;

import io.scrip.identity.Actor;
import io.scrip.identity.Caller;
import io.scrip.identity.TenantId;
import java.util.Set;

/** Callers of one tenant who differ in what they were granted. */
final class Callers {
  private Callers() {}

  static Caller with(String... grants) {
    return new Caller(
        new Actor("https://issuer.example/", "clerk", "till"), TenantId.DEFAULT, Set.of(grants));
  }
}
