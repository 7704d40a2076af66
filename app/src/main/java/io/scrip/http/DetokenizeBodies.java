package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue.FALSE;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.List;

/**
 * The bodies of the detokenize calls as the OpenAPI document shows them; {@link Requests} reads
 * them.
 */
final class DetokenizeBodies {
  private static final String PURPOSE = "^[A-Za-z][A-Za-z0-9._:-]{0,63}$";

  private DetokenizeBodies() {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Detokenize.class),
              examples = {
                @ExampleObject(
                    name = "token",
                    summary = "By token, for a stated purpose",
                    value =
                        "{\"token\": \"424242901137064242\", \"view\": \"plain\", \"purpose\": \"settlement\"}"),
                @ExampleObject(
                    name = "name",
                    summary = "By name, the masked view",
                    value = "{\"name\": \"customer-1017/card\", \"view\": \"masked\"}")
              }))
  @interface One {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = DetokenizeBatch.class),
              examples =
                  @ExampleObject(
                      name = "two",
                      summary = "A token and a name",
                      value =
                          """
                          {"items": [{"ref": "a", "token": "424242901137064242"}, \
                          {"ref": "b", "name": "customer-1017/card", "view": "masked"}]}\
                          """)))
  @interface Many {}

  /**
   * Which value to give out: of a token or of a name, one of the two.
   *
   * @param token as it was given
   * @param name the caller's own handle
   * @param view the widest that the access token permits where none is named
   * @param purpose stands in the audit trail; a word with at most 8 digits, no 7 of them in a row
   */
  @Schema(name = "Detokenize", additionalProperties = FALSE, minProperties = 1)
  record Detokenize(
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 4_096) String token,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name,
      @Schema(
              requiredMode = NOT_REQUIRED,
              types = "string",
              allowableValues = {"plain", "masked"})
          String view,
      @Schema(requiredMode = NOT_REQUIRED, pattern = PURPOSE) String purpose) {}

  /**
   * One token or name of a batch.
   *
   * @param ref the caller's own mark, given back with the result
   * @param token as it was given
   * @param name the caller's own handle
   * @param view the widest that the access token permits where none is named
   * @param purpose stands in the audit trail; a word with at most 8 digits, no 7 of them in a row
   */
  @Schema(name = "DetokenizeBatchItem", additionalProperties = FALSE, minProperties = 1)
  record Item(
      @Schema(requiredMode = NOT_REQUIRED, maxLength = 64) String ref,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 4_096) String token,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name,
      @Schema(
              requiredMode = NOT_REQUIRED,
              types = "string",
              allowableValues = {"plain", "masked"})
          String view,
      @Schema(requiredMode = NOT_REQUIRED, pattern = PURPOSE) String purpose) {}

  /** Tokens and names, each for itself: one bad item never spoils the rest. */
  @Schema(name = "DetokenizeBatch", additionalProperties = FALSE)
  record DetokenizeBatch(
      @Schema(requiredMode = REQUIRED) @ArraySchema(minItems = 1, maxItems = 1_000)
          List<Item> items) {}
}
