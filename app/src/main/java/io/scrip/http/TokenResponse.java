package io.scrip.http;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Token;
import io.scrip.vault.TokenInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A token and what is known of it but its value.
 *
 * @param createdAt RFC 3339, UTC
 * @param expiresAt the first instant at which it no longer answers; left out where it never expires
 */
@Serdeable
public record TokenResponse(
    Token token,
    String template,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<String> name,
    Optional<String> subject,
    Optional<Map<String, String>> metadata) {

  static TokenResponse of(TokenInfo info) {
    return new TokenResponse(
        info.token(),
        info.template(),
        info.createdAt(),
        info.expiresAt(),
        info.name(),
        info.subject(),
        Optional.of(info.metadata()).filter(metadata -> !metadata.isEmpty()));
  }

  @Override
  public String toString() {
    return "TokenResponse[redacted]";
  }
}
