package io.scrip.http;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Plaintext;
import java.util.Optional;

/**
 * What became of one item of a batch.
 *
 * @param ref the item's own mark
 * @param status what a call of its own would have been answered with; 200 with data, else with a problem
 */
@Serdeable
public record DetokenizeItem(
    Optional<String> ref,
    int status,
    Optional<Plaintext> data,
    Optional<String> view,
    Optional<String> template,
    Optional<Problem> problem) {

  static DetokenizeItem of(Optional<String> ref, DetokenizeResponse revealed) {
    return new DetokenizeItem(
        ref,
        200,
        Optional.of(revealed.data()),
        Optional.of(revealed.view()),
        Optional.of(revealed.template()),
        Optional.empty());
  }

  static DetokenizeItem of(Optional<String> ref, Problem problem) {
    return new DetokenizeItem(
        ref, problem.status(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem));
  }
}
