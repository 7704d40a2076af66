package io.scrip.gateway;

import java.security.interfaces.RSAPublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A credential of Kong's jwt plugin as it lies in a Secret or a file: text, good or bad.
 *
 * @param kid Kong's {@code key}: what it finds the credential by
 * @param withdrawn when the key was first seen to be gone, ISO 8601; empty for one that is
 *     published
 */
record Credential(String kid, String algorithm, String pem, Optional<String> withdrawn) {
  static final String ALGORITHM = "RS256";

  /** What a seat is to hold, in Kong's words. */
  static Credential of(String seat, Held held) {
    return switch (held) {
      case Held.Key key ->
          new Credential(
              key.key().kid(),
              ALGORITHM,
              key.key().pem(),
              key.withdrawn().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()));
      case Held.Vacant _, Held.Unusable _ ->
          new Credential(Vacancy.kid(seat), ALGORITHM, Vacancy.pem(), Optional.empty());
    };
  }

  /** What a seat holds with this credential in it. */
  Held held(String seat) {
    if (equals(of(seat, new Held.Vacant()))) {
      return new Held.Vacant();
    }
    if (!algorithm.equals(ALGORITHM)) {
      return new Held.Unusable(Optional.of(kid), "its algorithm is not RS256");
    }
    try {
      RSAPublicKey key = PublicPem.decode(pem);
      return new Held.Key(VerifyingKey.of(kid, key.getModulus(), key.getPublicExponent()), since());
    } catch (KeyRefused e) {
      return new Held.Unusable(Optional.of(kid), String.valueOf(e.getMessage()));
    }
  }

  /** An unreadable time is none: the key's time then begins now. */
  private Optional<Instant> since() {
    try {
      return withdrawn.map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
