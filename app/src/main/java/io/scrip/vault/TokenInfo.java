package io.scrip.vault;

import io.scrip.identity.Token;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** All that is known of a token but its value. */
public record TokenInfo(
    Token token,
    String template,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<String> name,
    Optional<String> subject,
    Map<String, String> metadata) {

  @Override
  public String toString() {
    return "TokenInfo[template=" + template + "]";
  }
}
