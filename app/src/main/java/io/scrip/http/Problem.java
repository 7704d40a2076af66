package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * A problem document, RFC 9457.
 *
 * @param type {@code urn:scrip:problem:} and a word; stable
 * @param title what went wrong, the same for every problem of the type
 * @param status the HTTP status
 * @param detail what the caller can do about it; never repeats a value
 * @param field the JSON field concerned, as a path: {@code items[3].ttl}
 * @param incident names the log line of a failure inside
 */
@Serdeable
public record Problem(
    @Schema(requiredMode = REQUIRED, format = "uri") String type,
    @Schema(requiredMode = REQUIRED) String title,
    @Schema(requiredMode = REQUIRED) int status,
    @Schema(requiredMode = REQUIRED) String detail,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> field,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> incident) {

  static Problem of(ProblemType type, String detail) {
    return of(type, detail, Optional.empty());
  }

  static Problem of(ProblemType type, String detail, Optional<String> field) {
    return new Problem(
        type.uri(), type.title(), type.status().getCode(), detail, field, Optional.empty());
  }

  /** The last part of its type. */
  String word() {
    return type.substring(type.lastIndexOf(':') + 1);
  }

  Problem at(String place) {
    return new Problem(type, title, status, detail, Optional.of(place), incident);
  }

  Problem withIncident(String id) {
    return new Problem(type, title, status, detail, field, Optional.of(id));
  }
}
