package io.scrip.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds tokens, good ones and others, from plain text and the JDK: no library stands between a
 * test and its attack.
 */
final class TestToken {
  static final String AUDIENCE = "https://api.scrip.local";

  private final Map<String, Object> header =
      new LinkedHashMap<>(Map.of("alg", "RS256", "typ", "JWT", "kid", "first"));
  private final Map<String, Object> claims = new LinkedHashMap<>();

  /** What Auth0 would issue to a machine, valid for an hour from now. */
  static TestToken of(String issuer, Instant now) {
    return new TestToken()
        .claim("iss", issuer)
        .claim("sub", "shop@clients")
        .claim("aud", AUDIENCE)
        .claim("iat", now.getEpochSecond())
        .claim("exp", now.getEpochSecond() + 3600)
        .claim("azp", "shop")
        .claim("gty", "client-credentials")
        .claim("scope", "tokenize read:tokens");
  }

  TestToken header(String name, @Nullable Object value) {
    return put(header, name, value);
  }

  TestToken claim(String name, @Nullable Object value) {
    return put(claims, name, value);
  }

  String signedBy(JWK key) {
    return signed(headerJson(), claimsJson(), key);
  }

  /** With any text as its signature: much faster, where the signature is not reached. */
  String signedWith(String signature) {
    return base64url(headerJson()) + "." + base64url(claimsJson()) + "." + signature;
  }

  Map<String, Object> claims() {
    return Map.copyOf(claims);
  }

  String headerJson() {
    return JSONObjectUtils.toJSONString(header);
  }

  String claimsJson() {
    return JSONObjectUtils.toJSONString(claims);
  }

  static String signed(String headerJson, String claimsJson, JWK key) {
    String signedPart = base64url(headerJson) + "." + base64url(claimsJson);
    return signedPart
        + "."
        + base64url(signature(signedPart.getBytes(StandardCharsets.US_ASCII), key));
  }

  static String base64url(String text) {
    return base64url(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private TestToken put(Map<String, Object> part, String name, @Nullable Object value) {
    if (value == null) {
      part.remove(name);
    } else {
      part.put(name, value);
    }
    return this;
  }

  private static byte[] signature(byte[] bytes, JWK key) {
    try {
      Signature signature =
          Signature.getInstance(
              key instanceof ECKey ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(
          key instanceof ECKey ec ? ec.toECPrivateKey() : ((RSAKey) key).toRSAPrivateKey());
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
