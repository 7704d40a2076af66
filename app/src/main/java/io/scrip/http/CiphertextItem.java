package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What became of one item of a batch.
 *
 * @param ref the item's own mark
 * @param status what a call of its own would have been answered with; 200 with a ciphertext, else
 *     with a problem
 */
@Serdeable
public record CiphertextItem(
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> ref,
    @Schema(requiredMode = REQUIRED) int status,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> ciphertext,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Problem> problem) {

  static CiphertextItem of(Optional<String> ref, String ciphertext) {
    return new CiphertextItem(ref, 200, Optional.of(ciphertext), Optional.empty());
  }

  static CiphertextItem of(Optional<String> ref, Problem problem) {
    return new CiphertextItem(ref, problem.status(), Optional.empty(), Optional.of(problem));
  }

  @Override
  public String toString() {
    return "CiphertextItem[" + status + "]";
  }

  /** One result per item, in order. Stands for {@link Batch.Results} in the OpenAPI document. */
  @Schema(name = "CiphertextResults", description = "One result per item, in order.")
  record Results(@Schema(requiredMode = REQUIRED) List<CiphertextItem> items) {}
}
