package io.scrip.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * As much of a Kubernetes API as the command sees, on the loopback address: Secrets with resource
 * versions, a Role, and the rule of the ingress controller's admission webhook that no two
 * credentials have one key. Remembers each write, and what Kong would have had after it.
 */
public final class FakeCluster implements AutoCloseable {
  public static final String TOKEN = "service-account-token";
  private static final String FOLDER = "/api/v1/namespaces/scrip/secrets";

  private final HttpServer server;
  private final Map<String, ObjectNode> secrets = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<List<String>> history = new ArrayList<>();
  private final AtomicInteger version = new AtomicInteger(1);

  private boolean mayCreate = true;
  private int conflicts;
  private int rival;
  private int broken;

  public FakeCluster() {
    this(Optional.empty());
  }

  /** Behind TLS, as a pod meets it. */
  public FakeCluster(SSLContext tls) {
    this(Optional.of(tls));
  }

  private FakeCluster(Optional<SSLContext> tls) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server = tls.isPresent() ? secured(any, tls.get()) : HttpServer.create(any, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  private static HttpServer secured(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The Role of kong/resources/reconciler: get and update of the three, no create. */
  public synchronized void forbidsCreate() {
    mayCreate = false;
  }

  /** The next writes come too late: somebody else has just written the same. */
  synchronized void conflicts(int times) {
    conflicts = times;
  }

  /** Before the next write somebody else takes the seat for a key of his own. */
  synchronized void hasARival() {
    rival = 1;
  }

  /** Whatever is asked, this is the status. */
  public synchronized void answersOnly(int status) {
    broken = status;
  }

  synchronized ObjectNode secret(String name) {
    return Objects.requireNonNull(secrets.get(name), name);
  }

  synchronized void put(String name, ObjectNode secret) {
    secret.withObjectProperty("metadata").put("resourceVersion", "" + version.incrementAndGet());
    secrets.put(name, secret);
  }

  /** Every call so far: method and name. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized List<String> writes() {
    return calls.stream().filter(call -> !call.startsWith("GET ")).toList();
  }

  /** The keys that Kong would have, after each write. */
  synchronized List<List<String>> history() {
    return List.copyOf(history);
  }

  /**
   * The keys that Kong has; none at all where two are alike, since then the consumer is dropped.
   */
  public synchronized List<String> kong() {
    List<String> keys =
        secrets.values().stream()
            .filter(SecretObject::isOurs)
            .map(secret -> text(secret, "key"))
            .filter(key -> !key.startsWith("no key in "))
            .sorted()
            .toList();
    return keys.stream().distinct().count() == keys.size() ? keys : List.of();
  }

  static String text(ObjectNode secret, String field) {
    byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(field).asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String name = path.length() > FOLDER.length() ? path.substring(FOLDER.length() + 1) : "";
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(exchange.getRequestMethod() + " " + name);
      Answer answer = answer(exchange, path, name, body);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      FakeTenant.respond(exchange, answer.status(), answer.body().toString());
    }
  }

  private Answer answer(HttpExchange exchange, String path, String name, String body)
      throws IOException {
    if (broken != 0) {
      return status(broken, "as you like");
    }
    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return status(401, "Unauthorized");
    }
    boolean known = name.isEmpty() || ClusterSecrets.SEATS.contains(name);
    if (!path.startsWith(FOLDER) || !known) {
      return status(403, "secrets is forbidden: the service account cannot");
    }
    return switch (exchange.getRequestMethod()) {
      case "GET" -> name.isEmpty() ? status(403, "cannot list") : get(name);
      case "POST" -> mayCreate ? create(StrictJson.read(body)) : status(403, "cannot create");
      case "PUT" -> replace(name, StrictJson.read(body));
      default -> status(405, "no such method");
    };
  }

  private Answer get(String name) {
    ObjectNode secret = secrets.get(name);
    return secret == null ? status(404, "not found") : new Answer(200, secret);
  }

  private Answer create(JsonNode secret) {
    String name = secret.path("metadata").path("name").asText();
    return secrets.containsKey(name) ? status(409, "exists") : written(201, name, secret);
  }

  private Answer replace(String name, JsonNode secret) {
    ObjectNode now = secrets.get(name);
    if (now == null) {
      return status(404, "not found");
    }
    if (rival > 0) {
      rival--;
      put(name, SecretObject.with(now, Credential.of(name, rivalsKey())));
    } else if (conflicts > 0) {
      conflicts--;
      put(name, now);
    }
    String read = secret.path("metadata").path("resourceVersion").asText();
    return read.equals(secret(name).path("metadata").path("resourceVersion").asText())
        ? written(200, name, secret)
        : status(409, "the object has been modified");
  }

  private static Held rivalsKey() {
    return new Held.Key(TestJwk.verifying("rival"), Optional.empty());
  }

  private Answer written(int status, String name, JsonNode secret) {
    ObjectNode candidate = secret.deepCopy();
    for (Map.Entry<String, ObjectNode> other : secrets.entrySet()) {
      if (!other.getKey().equals(name)
          && text(other.getValue(), "key").equals(text(candidate, "key"))) {
        return status(403, "admission webhook: unique key constraint violated for key");
      }
    }
    put(name, candidate);
    history.add(kong());
    return new Answer(status, candidate);
  }

  private record Answer(int status, JsonNode body) {}

  private static Answer status(int code, String message) {
    return new Answer(
        code,
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "Status")
            .put("message", message)
            .put("code", code));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
