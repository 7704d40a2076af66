package io.scrip.bench;

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
import com.sun.net.httpserver.HttpServer;
import io.scrip.auth.CallerVerifier;
import io.scrip.identity.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Verifies a bearer token, RS256 with 2,048 bits: remembered from the call before, and anew each
 * time.
 */
@State(Scope.Benchmark)
@NullUnmarked // JMH sets it up
public class TokenCheckBenchmark {
  private static final int ONE_HOUR_SECONDS = 3_600;

  private HttpServer issuer;
  private String token;
  private CallerVerifier remembering;
  private CallerVerifier forgetful;

  @Setup
  public void start() throws JOSEException, IOException {
    RSAKey key = new RSAKeyGenerator(2048).keyID("bench").generate();
    issuer = serve(new JWKSet(key).toString());
    String name = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/";
    token = sign(key, name);
    remembering = Verifiers.remembering(name);
    forgetful = Verifiers.forgetful(name);
  }

  @Benchmark
  public Caller remembered() {
    return remembering.verify(token).toCompletableFuture().join();
  }

  /** With the hand-over to a virtual thread and back. */
  @Benchmark
  public Caller anew() {
    return forgetful.verify(token).toCompletableFuture().join();
  }

  @TearDown
  public void stop() {
    issuer.stop(0);
  }

  private static String sign(RSAKey key, String name) throws JOSEException {
    Instant now = Instant.now();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(name)
                .subject("bench@clients")
                .audience(EchoServer.AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(ONE_HOUR_SECONDS)))
                .claim("azp", "bench")
                .claim("scope", "tokenize detokenize read:tokens")
                .build());
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private static HttpServer serve(String keys) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = keys.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
