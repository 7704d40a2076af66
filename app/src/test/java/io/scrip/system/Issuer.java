package io.scrip.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * An identity provider in this JVM, on the loopback address, where production too may trust plain
 * http.
 */
final class Issuer implements AutoCloseable {
  static final String AUDIENCE = "https://api.scrip.test";
  private static final String EVERYTHING =
      "tokenize detokenize read:tokens search:tokens renew:tokens revoke:tokens read:templates write:templates read:audit encrypt decrypt read:keys rotate:keys erase:subjects";

  private final RSAKey key;
  private final HttpServer server;

  Issuer() {
    try {
      key = new RSAKeyGenerator(2048).keyID("system").generate();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (JOSEException | IOException failure) {
      throw new IllegalStateException(failure);
    }
    server.createContext("/.well-known/jwks.json", this::publish);
    server.start();
  }

  private void publish(HttpExchange exchange) throws IOException {
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, keys.length);
    try (exchange) {
      exchange.getResponseBody().write(keys);
    }
  }

  String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** What makes a service trust this issuer. */
  Map<String, String> settings() {
    return Map.of("scrip.auth.audience", AUDIENCE, "scrip.auth.issuers.test.issuer", name());
  }

  /** A token for everything. */
  String token(String subject) {
    return token(subject, Map.of());
  }

  /** A token for everything, of an organization. */
  String token(String subject, String organization) {
    return token(subject, Map.of("org_id", organization));
  }

  private String token(String subject, Map<String, String> more) {
    var builder = new JWTClaimsSet.Builder();
    more.forEach(builder::claim);
    JWTClaimsSet claims =
        builder
            .issuer(name())
            .subject(subject)
            .audience(AUDIENCE)
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
            .claim("azp", subject)
            .claim("scope", EVERYTHING)
            .build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
