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
import java.util.Map;

/**
 * The bodies of the calls that seal and open without storing, as the OpenAPI document shows them;
 * {@link Requests} reads them.
 */
final class CiphertextBodies {
  private static final String PURPOSE = "^[A-Za-z][A-Za-z0-9._:-]{0,63}$";

  /** It has the form of one, and opens nowhere. */
  private static final String EXAMPLE =
      "scrip:v1:AQAAAAAAAAAHAAAAAAAAAAAAAAAA0bO2j8yPp0bGZl6J5yQ2mWm1yq0c3w";

  private CiphertextBodies() {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Encrypt.class),
              examples = {
                @ExampleObject(
                    name = "plain",
                    summary = "Any text",
                    value = "{\"data\": \"any text up to 64 KiB\"}"),
                @ExampleObject(
                    name = "context",
                    summary = "Bound to a table and a row",
                    value =
                        "{\"data\": \"ada@example.org\", \"context\": {\"table\": \"customers\", \"row\": \"1017\"}}")
              }))
  @interface EncryptOne {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = EncryptBatch.class),
              examples =
                  @ExampleObject(
                      name = "two",
                      summary = "Two values",
                      value =
                          "{\"items\": [{\"ref\": \"a\", \"data\": \"ada@example.org\"}, {\"ref\": \"b\", \"data\": \"4711\"}]}")))
  @interface EncryptMany {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Decrypt.class),
              examples =
                  @ExampleObject(
                      name = "context",
                      summary = "With its context, for a stated purpose",
                      value =
                          "{\"ciphertext\": \""
                              + EXAMPLE
                              + "\", \"context\": {\"table\": \"customers\", \"row\": \"1017\"}, \"purpose\": \"mailing\"}")))
  @interface DecryptOne {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = DecryptBatch.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      summary = "One ciphertext",
                      value =
                          "{\"items\": [{\"ref\": \"a\", \"ciphertext\": \"" + EXAMPLE + "\"}]}")))
  @interface DecryptMany {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Rewrap.class),
              examples =
                  @ExampleObject(
                      name = "context",
                      summary = "With its context, which the new one is bound to as well",
                      value =
                          "{\"ciphertext\": \""
                              + EXAMPLE
                              + "\", \"context\": {\"table\": \"customers\", \"row\": \"1017\"}}")))
  @interface RewrapOne {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RewrapBatch.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      summary = "One ciphertext",
                      value =
                          "{\"items\": [{\"ref\": \"a\", \"ciphertext\": \"" + EXAMPLE + "\"}]}")))
  @interface RewrapMany {}

  /**
   * A value to seal.
   *
   * @param data the value: 1 to 65,536 bytes of UTF-8
   * @param context bound to it and not stored: opening needs the same entries, in whatever order.
   *     At most 4,096 bytes of UTF-8, keys of 1 to 64 characters
   */
  @Schema(name = "Encrypt", additionalProperties = FALSE)
  record Encrypt(
      @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = 65_536) String data,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> context) {}

  /**
   * A ciphertext to open.
   *
   * @param ciphertext as it was given
   * @param context what it was sealed with
   * @param purpose stands in the audit trail; a word with at most 8 digits, no 7 of them in a row
   */
  @Schema(name = "Decrypt", additionalProperties = FALSE)
  record Decrypt(
      @Schema(requiredMode = REQUIRED) String ciphertext,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> context,
      @Schema(requiredMode = NOT_REQUIRED, pattern = PURPOSE) String purpose) {}

  /**
   * A ciphertext to put under the key of today.
   *
   * @param ciphertext as it was given
   * @param context what it was sealed with, and will be again
   */
  @Schema(name = "Rewrap", additionalProperties = FALSE)
  record Rewrap(
      @Schema(requiredMode = REQUIRED) String ciphertext,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> context) {}

  /**
   * One value of a batch.
   *
   * @param ref the caller's own mark, given back with the result
   * @param data the value: 1 to 65,536 bytes of UTF-8
   * @param context bound to it and not stored: opening needs the same entries, in whatever order.
   *     At most 4,096 bytes of UTF-8, keys of 1 to 64 characters
   */
  @Schema(name = "EncryptBatchItem", additionalProperties = FALSE)
  record EncryptItem(
      @Schema(requiredMode = NOT_REQUIRED, maxLength = 64) String ref,
      @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = 65_536) String data,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> context) {}

  /**
   * One ciphertext of a batch.
   *
   * @param ref the caller's own mark, given back with the result
   * @param ciphertext as it was given
   * @param context what it was sealed with
   * @param purpose stands in the audit trail; a word with at most 8 digits, no 7 of them in a row
   */
  @Schema(name = "DecryptBatchItem", additionalProperties = FALSE)
  record DecryptItem(
      @Schema(requiredMode = NOT_REQUIRED, maxLength = 64) String ref,
      @Schema(requiredMode = REQUIRED) String ciphertext,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> context,
      @Schema(requiredMode = NOT_REQUIRED, pattern = PURPOSE) String purpose) {}

  /**
   * One ciphertext of a batch.
   *
   * @param ref the caller's own mark, given back with the result
   * @param ciphertext as it was given
   * @param context what it was sealed with, and will be again
   */
  @Schema(name = "RewrapBatchItem", additionalProperties = FALSE)
  record RewrapItem(
      @Schema(requiredMode = NOT_REQUIRED, maxLength = 64) String ref,
      @Schema(requiredMode = REQUIRED) String ciphertext,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> context) {}

  /** Values to seal, each for itself: one bad item never spoils the rest. */
  @Schema(name = "EncryptBatch", additionalProperties = FALSE)
  record EncryptBatch(
      @Schema(requiredMode = REQUIRED) @ArraySchema(minItems = 1, maxItems = 1_000)
          List<EncryptItem> items) {}

  /** Ciphertexts to open, each for itself: one bad item never spoils the rest. */
  @Schema(name = "DecryptBatch", additionalProperties = FALSE)
  record DecryptBatch(
      @Schema(requiredMode = REQUIRED) @ArraySchema(minItems = 1, maxItems = 1_000)
          List<DecryptItem> items) {}

  /** Ciphertexts to put under the key of today, each for itself. */
  @Schema(name = "RewrapBatch", additionalProperties = FALSE)
  record RewrapBatch(
      @Schema(requiredMode = REQUIRED) @ArraySchema(minItems = 1, maxItems = 1_000)
          List<RewrapItem> items) {}
}
