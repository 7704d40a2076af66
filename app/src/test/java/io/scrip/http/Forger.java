package io.scrip.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.scrip.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/**
 * Makes access tokens with the issuer's own key, or without it: good ones, and ones that are wrong
 * in one thing.
 */
final class Forger {
  static final String AUDIENCE = "https://api.scrip.local";

  private final TestServer server;
  private final RSAKey key;

  Forger(TestServer server) {
    this.server = server;
    server.token("dev-admin"); // with its first token the issuer makes its key
    try {
      key = RSAKey.parse(Files.readString(server.folder().resolve("issuer.jwk")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (ParseException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A token that is good but for what is done to its claims. */
  String claims(Consumer<JWTClaimsSet.Builder> change) {
    return sign(header("JWT", key.getKeyID()), good(change));
  }

  String type(String type) {
    return sign(header(type, key.getKeyID()), good(_ -> {}));
  }

  String keyId(String keyId) {
    return sign(header("JWT", keyId), good(_ -> {}));
  }

  /** Good, with so many characters more. */
  String padded(int size) {
    return claims(claims -> claims.claim("padding", "p".repeat(size)));
  }

  /** No signature at all, RFC 7519, section 6. */
  String unsigned(String algorithm) {
    String header =
        "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + key.getKeyID() + "\"}";
    return Base64URL.encode(header) + "." + Base64URL.encode(good(_ -> {}).toString()) + ".";
  }

  /** Signed with HMAC, the key being what everybody can fetch: RFC 8725, section 2.1. */
  String confused() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, good(_ -> {}));
    try {
      token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
    return token.serialize();
  }

  /** A good token with one letter of its claims changed. */
  String altered() {
    String token = claims(_ -> {});
    String[] parts = token.split("\\.", -1);
    String claims = new Base64URL(parts[1]).decodeToString().replace("read:audit", "read:audio");
    return parts[0]
        + "."
        + Base64URL.encode(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  private JWTClaimsSet good(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(server.issuer())
            .subject("forger@clients")
            .audience(AUDIENCE)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
            .claim("azp", "forger")
            .claim("scope", "tokenize detokenize read:audit");
    change.accept(claims);
    return claims.build();
  }

  private static JWSHeader header(String type, String keyId) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256)
        .type(new JOSEObjectType(type))
        .keyID(keyId)
        .build();
  }

  private String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
