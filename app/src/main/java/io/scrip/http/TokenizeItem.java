package io.scrip.http;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Token;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one item of a batch.
 *
 * @param ref the item's own mark
 * @param status what a call of its own would have been answered with; 201 with a token, else with a problem
 */
@Serdeable
public record TokenizeItem(
    Optional<String> ref,
    int status,
    Optional<Token> token,
    Optional<String> template,
    Optional<Instant> createdAt,
    Optional<Instant> expiresAt,
    Optional<String> name,
    Optional<String> subject,
    Optional<Map<String, String>> metadata,
    Optional<Problem> problem) {

  static TokenizeItem of(Optional<String> ref, TokenResponse made) {
    return new TokenizeItem(
        ref,
        201,
        Optional.of(made.token()),
        Optional.of(made.template()),
        Optional.of(made.createdAt()),
        made.expiresAt(),
        made.name(),
        made.subject(),
        made.metadata(),
        Optional.empty());
  }

  static TokenizeItem of(Optional<String> ref, Problem problem) {
    return new TokenizeItem(
        ref,
        problem.status(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(problem));
  }

  @Override
  public String toString() {
    return "TokenizeItem[" + status + "]";
  }
}
