package io.scrip.issuer;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a token request, from a form or a JSON object; Auth0 takes both, and passes
 * over what it does not know. Not a record: it holds a secret.
 */
final class TokenRequest {
  private final Map<String, String> parameters;

  private TokenRequest(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * @param authorization HTTP Basic credentials (RFC 6749, section 2.3.1), which go before those in
   *     the body
   * @throws TokenError when the body cannot be read
   */
  static TokenRequest read(boolean json, String body, Optional<String> authorization) {
    Map<String, String> parameters = new HashMap<>();
    try {
      if (json) {
        readJson(body, parameters);
      } else {
        readForm(body, parameters);
      }
      authorization.filter(TokenRequest::isBasic).ifPresent(value -> readBasic(value, parameters));
    } catch (ParseException | RuntimeException e) {
      throw TokenError.invalidRequest("The request could not be read.");
    }
    return new TokenRequest(parameters);
  }

  /** A parameter that is empty counts as left out (RFC 6749, section 3.2). */
  Optional<String> find(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  private static void readJson(String body, Map<String, String> parameters) throws ParseException {
    JSONObjectUtils.parse(body)
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                parameters.put(name, text);
              }
            });
  }

  private static void readForm(String body, Map<String, String> parameters) {
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  private static boolean isBasic(String authorization) {
    return authorization.regionMatches(true, 0, "Basic ", 0, 6);
  }

  private static void readBasic(String authorization, Map<String, String> parameters) {
    byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
    String pair = new String(decoded, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    parameters.put("client_id", decoded(pair.substring(0, colon)));
    parameters.put("client_secret", decoded(pair.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
