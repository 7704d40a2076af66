package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue.FALSE;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Instant;
import java.util.Map;

/** The bodies of the calls about templates and the trail, as the OpenAPI document shows them. */
final class OtherBodies {
  private OtherBodies() {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TemplateDefinition.class),
              examples = {
                @ExampleObject(
                    name = "card",
                    summary = "Card numbers that are always the same token",
                    value =
                        """
                        {"format": "card", "mode": "convergent", "maxTtl": "P1825D", "mask": "first=0,last=4,symbol=*", \
                        "revealPermission": "reveal:cards", "allowSmallSpace": true}\
                        """),
                @ExampleObject(
                    name = "pattern",
                    summary = "Order numbers of their own look",
                    value =
                        """
                        {"format": "pattern", "options": {"pattern": "literal(\\"ord-\\") random(hex, 16)"}, \
                        "description": "Order numbers"}\
                        """),
                @ExampleObject(
                    name = "erasable",
                    summary = "Values that go with their subject, from every backup of the vault",
                    value = "{\"format\": \"opaque\", \"erasable\": true}")
              }))
  @interface TemplateBodyOf {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = EventSelection.class),
              examples =
                  @ExampleObject(
                      name = "subject",
                      summary = "Who has seen a subject's values?",
                      value =
                          """
                          {"action": "token.detokenize", "subject": "customer-1017", "from": "2026-01-01T00:00:00Z"}\
                          """)))
  @interface SelectionBody {}

  /**
   * What tokens of a template look like and how long they live.
   *
   * @param format the kind of token
   * @param options the format's own, as its page says
   * @param mode convergent: equal values of a tenant get equal tokens
   * @param defaultTtl of a token whose call names none, ISO 8601
   * @param maxTtl the longest life, ISO 8601
   * @param mask what the masked view shows; nothing where none is named
   * @param revealPermission what a plain reveal needs beyond detokenize
   * @param allowSmallSpace says that fewer than a million tokens are meant
   * @param erasable seals values under keys of their subject, which every call then has to name;
   *     not with mode convergent
   * @param searchable tokens can be found by their value, and rows of equal values are seen to be
   *     equal; always so with mode convergent
   */
  @Schema(name = "TemplateDefinition", additionalProperties = FALSE)
  record TemplateDefinition(
      @Schema(
              requiredMode = REQUIRED,
              types = "string",
              allowableValues = {
                "opaque",
                "uuid",
                "card",
                "digits",
                "alphanumeric",
                "email",
                "phone",
                "ssn",
                "iban",
                "date",
                "pattern"
              })
          String format,
      @Schema(requiredMode = NOT_REQUIRED) Map<String, Object> options,
      @Schema(
              requiredMode = NOT_REQUIRED,
              types = "string",
              allowableValues = {"random", "convergent"})
          String mode,
      @Schema(requiredMode = NOT_REQUIRED, format = "duration") String defaultTtl,
      @Schema(requiredMode = NOT_REQUIRED, format = "duration") String maxTtl,
      @Schema(
              requiredMode = NOT_REQUIRED,
              pattern = "^(first=[0-9]{1,2},last=[0-9]{1,2}|email),symbol=.$")
          String mask,
      @Schema(requiredMode = NOT_REQUIRED, pattern = "^[a-z][a-z0-9:._-]{0,63}$")
          String revealPermission,
      @Schema(requiredMode = NOT_REQUIRED) boolean allowSmallSpace,
      @Schema(requiredMode = NOT_REQUIRED) boolean erasable,
      @Schema(requiredMode = NOT_REQUIRED) boolean searchable,
      @Schema(requiredMode = NOT_REQUIRED, maxLength = 256) String description) {}

  /**
   * Which events; what is left out matches everything.
   *
   * @param from inclusive
   * @param to exclusive
   * @param actor subject or client of an access token
   * @param action such as token.detokenize
   * @param subject whom values are about
   */
  @Schema(name = "EventSelection", additionalProperties = FALSE)
  record EventSelection(
      @Schema(requiredMode = NOT_REQUIRED) Instant from,
      @Schema(requiredMode = NOT_REQUIRED) Instant to,
      @Schema(requiredMode = NOT_REQUIRED) String actor,
      @Schema(
              requiredMode = NOT_REQUIRED,
              types = "string",
              allowableValues = {
                "token.tokenize",
                "token.detokenize",
                "token.lookup",
                "token.search",
                "token.renew",
                "token.revoke",
                "template.read",
                "template.write",
                "template.delete",
                "audit.read",
                "key.read",
                "key.rotate",
                "key.rekey",
                "key.destroy",
                "subject.erase",
                "chain.open",
                "chain.close"
              })
          String action,
      @Schema(requiredMode = NOT_REQUIRED, minLength = 1, maxLength = 256) String subject) {}
}
