package io.scrip.http;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;

/**
 * The head of the OpenAPI document; {@link OpenApiDocument} adds to each call what it needs and how
 * it can fail.
 */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Scrip",
            version = "1",
            description = Api.DESCRIPTION,
            license =
                @License(
                    name = "Apache-2.0",
                    url = "https://www.apache.org/licenses/LICENSE-2.0.txt")),
    servers =
        @Server(
            url = "http://127.0.0.1:8080",
            description = "In development; elsewhere, the address of the gateway"))
@SecurityScheme(
    name = Api.SECURITY,
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description =
        "An access token of a trusted issuer, for this API's audience. Its scope and permissions are what it grants.")
final class Api {
  static final String SECURITY = "jwt";

  static final String DESCRIPTION =
      """
      A vault that keeps values and gives tokens for them.

      Each failure is a problem document, RFC 9457, whose type is stable. Any address may also answer \
      `urn:scrip:problem:not-found` (404), and a known address `urn:scrip:problem:method-not-allowed` (405). \
      A JSON field that is not known is refused by name; one that is null counts as left out.
      """;

  private Api() {}
}
