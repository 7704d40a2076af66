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
 * The bodies of the tokenize calls as the OpenAPI document shows them; {@link Requests} reads them.
 */
final class TokenizeBodies {
  static final String TEMPLATE = "^[a-z][a-z0-9._-]{0,63}$";

  private TokenizeBodies() {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Tokenize.class),
              examples = {
                @ExampleObject(
                    name = "plain",
                    summary = "Any text",
                    value = "{\"data\": \"any text up to 64 KiB\"}"),
                @ExampleObject(
                    name = "card",
                    summary = "A card number, for two years",
                    value =
                        """
                        {"data": "4242424242424242", "template": "card", "subject": "customer-1017", "ttl": "P730D", \
                        "metadata": {"channel": "web"}}\
                        """)
              }))
  @interface One {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TokenizeBatch.class),
              examples =
                  @ExampleObject(
                      name = "two",
                      summary = "An e-mail address and a phone number",
                      value =
                          """
                          {"items": [{"ref": "a", "data": "ada@example.org", "template": "email"}, \
                          {"ref": "b", "data": "+4915112345678", "template": "phone"}]}\
                          """)))
  @interface Many {}

  /**
   * A value to keep.
   *
   * @param data the value: 1 to 65,536 bytes of UTF-8
   * @param template what the token looks like; opaque where none is named
   * @param name the caller's own handle, one token per name and tenant
   * @param subject whom the value is about
   * @param ttl how long the token lives, ISO 8601; the template's default where none is named
   * @param metadata given back by a look-up; at most 4,096 bytes of UTF-8, keys of 1 to 64
   *     characters
   */
  @Schema(name = "Tokenize", additionalProperties = FALSE)
  record Tokenize(
      @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = 65_536) String data,
      @Schema(requiredMode = NOT_REQUIRED, pattern = TEMPLATE) String template,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String subject,
      @Schema(requiredMode = NOT_REQUIRED, format = "duration") String ttl,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> metadata) {}

  /**
   * One value of a batch.
   *
   * @param ref the caller's own mark, given back with the result
   * @param data the value: 1 to 65,536 bytes of UTF-8
   * @param template what the token looks like; opaque where none is named
   * @param name the caller's own handle, one token per name and tenant
   * @param subject whom the value is about
   * @param ttl how long the token lives, ISO 8601; the template's default where none is named
   * @param metadata given back by a look-up; at most 4,096 bytes of UTF-8, keys of 1 to 64
   *     characters
   */
  @Schema(name = "TokenizeBatchItem", additionalProperties = FALSE)
  record Item(
      @Schema(requiredMode = NOT_REQUIRED, maxLength = 64) String ref,
      @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = 65_536) String data,
      @Schema(requiredMode = NOT_REQUIRED, pattern = TEMPLATE) String template,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String subject,
      @Schema(requiredMode = NOT_REQUIRED, format = "duration") String ttl,
      @Schema(requiredMode = NOT_REQUIRED, maxProperties = 16) Map<String, String> metadata) {}

  /** Values to keep, each for itself: one bad item never spoils the rest. */
  @Schema(name = "TokenizeBatch", additionalProperties = FALSE)
  record TokenizeBatch(
      @Schema(requiredMode = REQUIRED) @ArraySchema(minItems = 1, maxItems = 1_000)
          List<Item> items) {}
}
