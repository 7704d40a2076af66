package io.scrip;

import com.fasterxml.jackson.core.JsonFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.EmbeddedApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The service as development starts it, in this JVM, on ports and in a folder of its own; with the
 * stand-in issuer for tokens.
 */
public final class TestServer implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ApplicationContext context;
  private final Path folder;
  private final int port;
  private final int managementPort;
  private final int issuerPort;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  private TestServer(Path folder, Map<String, Object> settings) {
    this.folder = folder;
    this.port = FreePorts.next();
    this.managementPort = FreePorts.next();
    this.issuerPort = FreePorts.next();
    context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .environments("dev")
            .properties(with(settings))
            .start();
    context.getBean(EmbeddedApplication.class).start();
  }

  /** On H2 in a file of a new folder. */
  public static TestServer onH2() {
    return start(Map.of());
  }

  /**
   * @param settings beside those of development; {@code datasources.default.url} for another
   *     database
   */
  public static TestServer start(Map<String, Object> settings) {
    try {
      return new TestServer(Files.createTempDirectory("scrip-test"), settings);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * On a folder that another server left: its keys, and its H2 file unless the settings say
   * otherwise.
   */
  public static TestServer in(Path folder, Map<String, Object> settings) {
    return new TestServer(folder, settings);
  }

  private Map<String, Object> with(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("micronaut.server.port", port);
    all.put("endpoints.all.port", managementPort);
    all.put("scrip.issuer.port", issuerPort);
    all.put("scrip.issuer.url", issuer());
    all.put("scrip.issuer.key-file", folder.resolve("issuer.jwk").toString());
    all.put("scrip.auth.issuers.dev.issuer", issuer());
    all.put("scrip.keys.development-folder", folder.toString());
    all.put("datasources.default.url", "jdbc:h2:file:" + folder.resolve("scrip"));
    all.put("scrip.housekeeping.interval", "PT0S");
    all.putAll(settings);
    return all;
  }

  public Path folder() {
    return folder;
  }

  public ApplicationContext context() {
    return context;
  }

  public int port() {
    return port;
  }

  public URI api(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public URI management(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  /** With its trailing slash. */
  public String issuer() {
    return "http://127.0.0.1:" + issuerPort + "/";
  }

  /** An access token of one of the stand-in's clients, whose secret is its id. */
  public String token(String client) {
    return tokens.computeIfAbsent(client, this::fetchToken);
  }

  private String fetchToken(String client) {
    String form =
        "grant_type=client_credentials&audience=https://api.scrip.local&client_id=%1$s&client_secret=%1$s"
            .formatted(client);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return send(request).json().get("access_token").getStringValue();
  }

  /** Posts JSON as {@code dev-admin}. */
  public Answer post(String path, String json) {
    return post("dev-admin", path, json);
  }

  public Answer post(String client, String path, String json) {
    return send(request(client, path).POST(BodyPublishers.ofString(json)).build());
  }

  public Answer get(String client, String path) {
    return send(request(client, path).GET().build());
  }

  public Answer put(String client, String path, String json) {
    return send(request(client, path).PUT(BodyPublishers.ofString(json)).build());
  }

  public Answer delete(String client, String path) {
    return send(request(client, path).DELETE().build());
  }

  /** A JSON request with a client's token, to be given a method. */
  public HttpRequest.Builder request(String client, String path) {
    return HttpRequest.newBuilder(api(path))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token(client));
  }

  public static Answer send(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    context.close();
  }

  /** What came back. */
  public record Answer(int status, java.net.http.HttpHeaders headers, String body) {
    public JsonNode json() {
      try (var parser = new JsonFactory().createParser(body)) {
        return JsonNodeTreeCodec.getInstance().readTree(parser);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** A string field of the JSON object. */
    public String text(String field) {
      JsonNode node = json().get(field);
      if (node == null) {
        throw new AssertionError("no " + field + " in " + body);
      }
      return node.coerceStringValue();
    }

    /** The last part of a problem's type: {@code token-not-found}. */
    public String problem() {
      return text("type").replace("urn:scrip:problem:", "");
    }
  }
}
