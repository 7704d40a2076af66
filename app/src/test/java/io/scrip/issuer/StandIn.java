package io.scrip.issuer;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrip.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole service in development, without a store: the API on one port, the stand-in on another.
 */
final class StandIn implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final EmbeddedServer server;
  final int issuerPort;

  StandIn(Path folder, Object... properties) {
    issuerPort = FreePorts.next();
    server = start(folder, issuerPort, "dev", properties);
  }

  static EmbeddedServer start(
      Path folder, int issuerPort, String environment, Object... properties) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "micronaut.server.port",
                -1,
                "endpoints.all.port",
                FreePorts.next(),
                "scrip.issuer.port",
                issuerPort,
                "scrip.issuer.key-file",
                folder.resolve("data").resolve("issuer.jwk").toString(),
                "scrip.command",
                "test")); // nothing of the vault starts
    for (int i = 0; i < properties.length; i += 2) {
      values.put((String) properties[i], properties[i + 1]);
    }
    ApplicationContext context =
        ApplicationContext.builder(environment)
            .deduceEnvironment(false)
            .propertySources(PropertySource.of("test", values))
            .build();
    context.registerSingleton(InstantSource.class, InstantSource.system());
    context.start();
    return context.getBean(EmbeddedServer.class).start();
  }

  String url() {
    return "http://127.0.0.1:" + issuerPort + "/";
  }

  int apiPort() {
    return server.getPort();
  }

  HttpResponse<String> form(String body, String... headers) {
    return send(post(issuerPort, "application/x-www-form-urlencoded", body, headers));
  }

  HttpResponse<String> json(String body) {
    return send(post(issuerPort, "application/json", body));
  }

  HttpResponse<String> get(int port, String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  static HttpRequest post(int port, String type, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/oauth/token"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Object> body(HttpResponse<String> response) {
    try {
      return JSONObjectUtils.parse(response.body());
    } catch (ParseException e) {
      throw new IllegalArgumentException(response.body(), e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.getApplicationContext().close();
  }
}
