package io.scrip.issuer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;

/**
 * A token, as Auth0 answers.
 *
 * @param expiresInSeconds from now
 */
@Serdeable
record AccessToken(
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("scope") @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> scope,
    @JsonProperty("expires_in") long expiresInSeconds,
    @JsonProperty("token_type") String tokenType) {

  /** Prints no token. */
  @Override
  public String toString() {
    return "AccessToken[redacted]";
  }
}
