package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue.FALSE;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Instant;
import java.util.UUID;

/**
 * The bodies of the calls about tokens as the OpenAPI document shows them; {@link TokensController}
 * reads them.
 */
final class TokensBodies {
  private TokensBodies() {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Lookup.class),
              examples = {
                @ExampleObject(
                    name = "token",
                    summary = "By token",
                    value = "{\"token\": \"424242901137064242\"}"),
                @ExampleObject(
                    name = "name",
                    summary = "By name",
                    value = "{\"name\": \"customer-1017/card\"}")
              }))
  @interface LookupBody {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Search.class),
              examples = {
                @ExampleObject(
                    name = "value",
                    summary = "Does this value have a token?",
                    value = "{\"data\": \"4242424242424242\", \"template\": \"findable-card\"}"),
                @ExampleObject(
                    name = "subject",
                    summary = "Everything about a subject",
                    value = "{\"subject\": \"customer-1017\", \"limit\": 20}")
              }))
  @interface SearchBody {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Renew.class),
              examples =
                  @ExampleObject(
                      name = "token",
                      summary = "For another year",
                      value = "{\"token\": \"424242901137064242\", \"ttl\": \"P365D\"}")))
  @interface RenewBody {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Revoke.class),
              examples = {
                @ExampleObject(
                    name = "token",
                    summary = "One token",
                    value = "{\"token\": \"424242901137064242\"}"),
                @ExampleObject(
                    name = "subject",
                    summary = "All about a subject",
                    value = "{\"subject\": \"customer-1017\"}"),
                @ExampleObject(
                    name = "seen",
                    summary = "All that a caller has seen",
                    value =
                        "{\"revealedTo\": \"reports@clients\", \"since\": \"2026-01-31T00:00:00Z\"}")
              }))
  @interface RevokeBody {}

  /**
   * Which token: by itself or by its name.
   *
   * @param token as it was given
   * @param name the caller's own handle
   */
  @Schema(name = "Lookup", additionalProperties = FALSE, minProperties = 1, maxProperties = 1)
  record Lookup(
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 4_096) String token,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name) {}

  /**
   * Tokens of a value, or about a subject: data and template, or subject.
   *
   * @param data a value
   * @param template beside data, and only there; one that is searchable
   * @param subject whom values are about
   * @param cursor the next of the page before
   * @param limit tokens per page, 50 where none is named
   */
  @Schema(name = "Search", additionalProperties = FALSE, minProperties = 1)
  record Search(
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 65_536) String data,
      @Schema(requiredMode = NOT_REQUIRED, pattern = TokenizeBodies.TEMPLATE) String template,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String subject,
      @Schema(requiredMode = NOT_REQUIRED) UUID cursor,
      @Schema(requiredMode = NOT_REQUIRED, minimum = "1", maximum = "100") int limit) {}

  /**
   * A new lease from now on: of a token or of a name, one of the two.
   *
   * @param token as it was given
   * @param name the caller's own handle
   * @param ttl ISO 8601; the template's default where none is named
   */
  @Schema(name = "Renew", additionalProperties = FALSE, minProperties = 1, maxProperties = 2)
  record Renew(
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 4_096) String token,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name,
      @Schema(requiredMode = NOT_REQUIRED, format = "duration") String ttl) {}

  /**
   * One token, or all that have something in common. One field, but since goes with revealedTo.
   *
   * @param token as it was given
   * @param name the caller's own handle
   * @param subject whom values are about
   * @param createdBy who had the tokens made: the subject of an access token
   * @param template what tokens look like
   * @param revealedTo who has seen the values: the subject of an access token
   * @param since from when on
   */
  @Schema(name = "Revoke", additionalProperties = FALSE, minProperties = 1, maxProperties = 2)
  record Revoke(
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 4_096) String token,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String name,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String subject,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String createdBy,
      @Schema(requiredMode = NOT_REQUIRED, pattern = TokenizeBodies.TEMPLATE) String template,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String revealedTo,
      @Schema(requiredMode = NOT_REQUIRED) Instant since) {}
}
