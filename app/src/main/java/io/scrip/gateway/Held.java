package io.scrip.gateway;

import java.time.Instant;
import java.util.Optional;

/** What a seat holds. */
public sealed interface Held {
  /**
   * @param withdrawn since when the tenant no longer publishes it, as far as we saw
   */
  record Key(VerifyingKey key, Optional<Instant> withdrawn) implements Held {}

  /** Nothing: the credential is there, and no token can match it. */
  record Vacant() implements Held {}

  /**
   * There is no credential, or none that verifies as it should.
   *
   * @param kid what the gateway would find it by nevertheless
   */
  record Unusable(Optional<String> kid, String why) implements Held {}

  /** The kid under which the gateway knows this seat's key, good or bad. */
  default Optional<String> kid() {
    return switch (this) {
      case Key held -> Optional.of(held.key().kid());
      case Vacant _ -> Optional.empty();
      case Unusable unusable -> unusable.kid();
    };
  }

  /** May another key be put here? */
  default boolean isFree() {
    return !(this instanceof Key);
  }
}
