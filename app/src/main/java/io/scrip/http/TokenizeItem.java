package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Token;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one item of a batch.
 *
 * @param ref the item's own mark
 * @param status what a call of its own would have been answered with; 201 with a token, else with a
 *     problem
 */
@Serdeable
public record TokenizeItem(
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> ref,
    @Schema(requiredMode = REQUIRED) int status,
    @Schema(requiredMode = NOT_REQUIRED, implementation = String.class) Optional<Token> token,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> template,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Instant> createdAt,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Instant> expiresAt,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> name,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> subject,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Map<String, String>> metadata,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Problem> problem) {

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

  /** One result per item, in order. Stands for {@link Batch.Results} in the OpenAPI document. */
  @Schema(name = "TokenizeResults", description = "One result per item, in order.")
  record Results(@Schema(requiredMode = REQUIRED) List<TokenizeItem> items) {}
}
