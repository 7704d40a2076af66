package io.scrip.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Reads one entry of a JWK set (RFC 7517, RFC 7518 section 6.3) and says why where it is not taken.
 * Stricter than the verifier of the service, which passes over what it cannot use: what is
 * installed at the gateway is installed for everybody.
 */
final class Jwk {
  /** RFC 7518, section 6.3.2, and {@code k} of section 6.4. */
  private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final JsonNode entry;

  Jwk(JsonNode entry) {
    this.entry = entry;
  }

  VerifyingKey read() throws KeyRefused {
    String kid = kid();
    requirePurpose();
    VerifyingKey key = VerifyingKey.of(kid, number("n"), number("e"));
    requireCertificateOf(key);
    requirePemOf(key);
    return key;
  }

  private String kid() throws KeyRefused {
    JsonNode kid = entry.path("kid");
    if (kid.isNumber()) {
      throw new KeyRefused("its kid is a number; tokens name a key by text");
    }
    if (!kid.isTextual() || kid.textValue().isEmpty()) {
      throw new KeyRefused("it has no kid");
    }
    return kid.textValue();
  }

  private void requirePurpose() throws KeyRefused {
    if (!entry.path("kty").asText().equals("RSA")) {
      throw new KeyRefused("its kty is not RSA");
    }
    if (entry.has("use") && !entry.path("use").asText().equals("sig")) {
      throw new KeyRefused("its use is not sig");
    }
    if (entry.has("alg") && !entry.path("alg").asText().equals("RS256")) {
      throw new KeyRefused("its alg is not RS256");
    }
    if (entry.has("key_ops") && !texts("key_ops").contains("verify")) {
      throw new KeyRefused("its key_ops do not have verify");
    }
    if (PRIVATE.stream().anyMatch(entry::has)) {
      throw new KeyRefused("its private half is published: whoever has seen it can sign");
    }
  }

  private BigInteger number(String field) throws KeyRefused {
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(entry.path(field).asText()));
    } catch (IllegalArgumentException e) {
      throw new KeyRefused("its " + field + " is not base64url");
    }
  }

  private void requireCertificateOf(VerifyingKey key) throws KeyRefused {
    if (entry.has("x5c")) {
      List<String> chain = texts("x5c");
      if (chain.isEmpty() || !isOf(certified(chain.getFirst()), key)) {
        throw new KeyRefused("its certificate (x5c) is of another key than its modulus");
      }
    }
  }

  private static PublicKey certified(String certificate) throws KeyRefused {
    try {
      byte[] der = Base64.getDecoder().decode(certificate);
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der))
          .getPublicKey();
    } catch (CertificateException | IllegalArgumentException e) {
      throw new KeyRefused("its certificate (x5c) cannot be read");
    }
  }

  /** What goes to the gateway is read back and compared with what the tenant published. */
  private static void requirePemOf(VerifyingKey key) throws KeyRefused {
    if (!isOf(PublicPem.decode(key.pem()), key)) {
      throw new KeyRefused("its PEM came out as another key");
    }
  }

  private static boolean isOf(PublicKey candidate, VerifyingKey key) {
    return candidate instanceof RSAPublicKey rsa
        && rsa.getModulus().equals(key.modulus())
        && rsa.getPublicExponent().equals(key.exponent());
  }

  private List<String> texts(String field) {
    return StreamSupport.stream(entry.path(field).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
