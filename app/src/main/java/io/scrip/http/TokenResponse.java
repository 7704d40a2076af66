package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Token;
import io.scrip.vault.TokenInfo;
import io.swagger.v3.oas.annotations.media.Schema;
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
    @Schema(requiredMode = REQUIRED, implementation = String.class) Token token,
    @Schema(requiredMode = REQUIRED) String template,
    @Schema(requiredMode = REQUIRED) Instant createdAt,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Instant> expiresAt,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> name,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> subject,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Map<String, String>> metadata) {

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
