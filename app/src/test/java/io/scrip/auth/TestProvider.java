package io.scrip.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on the loopback address, whose keys and moods can be changed. */
final class TestProvider implements AutoCloseable {
  /** Answers one request for the keys. */
  interface Mood {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Mood mood = publishing(TestKeys.FIRST);

  TestProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/.well-known/jwks.json", this::answer);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  URI jwksUri() {
    return URI.create(issuer() + ".well-known/jwks.json");
  }

  HttpServer server() {
    return server;
  }

  void publishes(JWK... keys) {
    mood = publishing(keys);
  }

  void is(Mood newMood) {
    mood = newMood;
  }

  void isAway() {
    mood = exchange -> respond(exchange, 503, "away");
  }

  int fetches() {
    return fetches.get();
  }

  static Mood publishing(JWK... keys) {
    return exchange -> respond(exchange, 200, new JWKSet(List.of(keys)).toString());
  }

  static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    try (exchange) {
      mood.answer(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
