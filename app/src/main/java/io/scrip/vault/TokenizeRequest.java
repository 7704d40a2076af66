package io.scrip.vault;

import io.scrip.identity.Plaintext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A value that wants a token.
 *
 * @param template the default one where empty
 * @param name the caller's own handle, unique per tenant
 * @param subject whom the value is about
 * @param ttl within the template's bounds
 */
public record TokenizeRequest(
    Plaintext data,
    Optional<String> template,
    Optional<String> name,
    Optional<String> subject,
    Optional<Duration> ttl,
    Map<String, String> metadata) {

  @Override
  public String toString() {
    return "TokenizeRequest[redacted]";
  }
}
