package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Plaintext;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What became of one item of a batch.
 *
 * @param ref the item's own mark
 * @param status what a call of its own would have been answered with; 200 with data, else with a
 *     problem
 */
@Serdeable
public record DecryptItem(
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> ref,
    @Schema(requiredMode = REQUIRED) int status,
    @Schema(requiredMode = NOT_REQUIRED, implementation = String.class) Optional<Plaintext> data,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Problem> problem) {

  static DecryptItem of(Optional<String> ref, Plaintext data) {
    return new DecryptItem(ref, 200, Optional.of(data), Optional.empty());
  }

  static DecryptItem of(Optional<String> ref, Problem problem) {
    return new DecryptItem(ref, problem.status(), Optional.empty(), Optional.of(problem));
  }

  @Override
  public String toString() {
    return "DecryptItem[" + status + "]";
  }

  /** One result per item, in order. Stands for {@link Batch.Results} in the OpenAPI document. */
  @Schema(name = "DecryptResults", description = "One result per item, in order.")
  record Results(@Schema(requiredMode = REQUIRED) List<DecryptItem> items) {}
}
