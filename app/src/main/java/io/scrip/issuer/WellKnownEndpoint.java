package io.scrip.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;

/**
 * The stand-in's public key and its description of itself (RFC 8414, in OpenID Connect Discovery's
 * place).
 */
@Hidden
@InDevelopment
@Controller(value = "/.well-known", port = "${scrip.issuer.port:8082}")
final class WellKnownEndpoint {
  private final StandInConfig config;
  private final SigningKey key;

  WellKnownEndpoint(StandInConfig config, SigningKey key) {
    this.config = config;
    this.key = key;
  }

  @Get("/jwks.json")
  MutableHttpResponse<Map<String, Object>> keys() {
    return Headers.safe(HttpResponse.ok(new JWKSet(key.publicKey()).toJSONObject()));
  }

  @Get("/openid-configuration")
  MutableHttpResponse<Map<String, Object>> description() {
    return Headers.safe(
        HttpResponse.ok(
            Map.of(
                "issuer", config.issuer(),
                "token_endpoint", config.issuer() + "oauth/token",
                "jwks_uri", config.issuer() + ".well-known/jwks.json",
                "grant_types_supported", List.of("client_credentials"),
                "token_endpoint_auth_methods_supported",
                    List.of("client_secret_basic", "client_secret_post"),
                "id_token_signing_alg_values_supported", List.of("RS256"))));
  }
}
