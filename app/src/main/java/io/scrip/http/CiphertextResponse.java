package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A sealed value, for the caller to keep.
 *
 * @param ciphertext {@code scrip:v1:} and base64url; a third longer than the value, and 60
 *     characters
 */
@Serdeable
public record CiphertextResponse(@Schema(requiredMode = REQUIRED) String ciphertext) {
  @Override
  public String toString() {
    return "CiphertextResponse[redacted]";
  }
}
