package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue.FALSE;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;

/** The bodies of the calls about keys, as the OpenAPI document shows them. */
final class KeyBodies {
  private KeyBodies() {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Rotate.class),
              examples =
                  @ExampleObject(
                      name = "kek",
                      summary = "A new key encryption key",
                      value = "{\"key\": \"kek\"}")))
  @interface RotateBody {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Rekey.class),
              examples =
                  @ExampleObject(
                      name = "all",
                      summary = "Everything under the keys in force",
                      value = "{\"what\": \"all\"}")))
  @interface RekeyBody {}

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Destroy.class),
              examples =
                  @ExampleObject(
                      name = "kek",
                      summary = "A key encryption key that nothing needs",
                      value = "{\"key\": \"kek\", \"version\": 1}")))
  @interface DestroyBody {}

  /**
   * Which key to rotate.
   *
   * @param key root: wraps the key encryption keys under the present root; kek: a new pair; data:
   *     new data keys in every process; digest: a new version of the digest keys
   */
  @Schema(name = "Rotate", additionalProperties = FALSE)
  record Rotate(
      @Schema(
              requiredMode = REQUIRED,
              types = "string",
              allowableValues = {"root", "kek", "data", "digest"})
          String key) {}

  /**
   * What to make anew.
   *
   * @param what rewrap: data keys, under the newest key encryption key; reseal: records, under new
   *     data keys; redigest: digests; all, where nothing is named
   */
  @Schema(name = "Rekey", additionalProperties = FALSE)
  record Rekey(
      @Schema(
              requiredMode = NOT_REQUIRED,
              types = "string",
              allowableValues = {"rewrap", "reseal", "redigest", "all"})
          String what) {}

  /**
   * What to destroy, for good.
   *
   * @param key which kind
   * @param version of data keys, the floor: all with a lower id
   */
  @Schema(name = "Destroy", additionalProperties = FALSE)
  record Destroy(
      @Schema(
              requiredMode = REQUIRED,
              types = "string",
              allowableValues = {"kek", "data", "digest"})
          String key,
      @Schema(requiredMode = REQUIRED, minimum = "1") long version) {}
}
