package io.scrip.system;

import io.scrip.FreePorts;
import io.scrip.TestServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** One running service, and a caller of it who may do everything. */
final class Instance implements AutoCloseable {
  private final Program program;
  private final String bearer;
  private final int port;
  private final int managementPort;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Instance(Program program, String bearer, int port, int managementPort) {
    this.program = program;
    this.bearer = bearer;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts a service, and does not wait until it is ready. */
  static Instance begin(Deployment deployment) {
    int port = FreePorts.next();
    int managementPort = FreePorts.next();
    Map<String, String> settings = new HashMap<>(deployment.settings());
    settings.put("micronaut.server.port", String.valueOf(port));
    settings.put("endpoints.all.port", String.valueOf(managementPort));
    Program program = Program.start(deployment.folder(), settings);
    return new Instance(program, deployment.issuer().token("shop"), port, managementPort);
  }

  static Instance start(Deployment deployment) {
    Instance instance = begin(deployment);
    instance.awaitReady();
    return instance;
  }

  Instance awaitReady() {
    program.await("being ready", this::isReady);
    return this;
  }

  private boolean isReady() {
    try {
      return management("/health/readiness").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  Program program() {
    return program;
  }

  /** What it has said so far, for whoever wonders about an answer. */
  String printed() {
    return String.join("\n", program.printed());
  }

  Answer post(String path, String json) {
    return post(path, json, UUID.randomUUID().toString());
  }

  Answer post(String path, String json, String requestId) {
    return send(
        request(path)
            .header("X-Request-Id", requestId)
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  Answer get(String path) {
    return send(request(path).GET().build());
  }

  /** The same service, asked by another caller. */
  Instance as(String otherBearer) {
    return new Instance(program, otherBearer, port, managementPort);
  }

  Answer put(String path, String json) {
    return send(request(path).PUT(BodyPublishers.ofString(json)).build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(port, path))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + bearer);
  }

  /** The value of a token. */
  Answer open(String token) {
    return post("/v1/detokenize", "{\"token\":\"" + token + "\"}");
  }

  Answer management(String path) {
    return send(HttpRequest.newBuilder(uri(managementPort, path)).build());
  }

  /** The whole audit trail of the tenant. */
  String trail() {
    Answer answer = send(request("/v1/audit/events").GET().build());
    if (answer.status() != 200) {
      throw new AssertionError("no trail: " + answer);
    }
    return answer.body();
  }

  /** A value of the metrics page. */
  double metric(String name) {
    return management("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /**
   * @throws UncheckedIOException when no whole answer came
   */
  Answer send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    program.close();
    http.shutdownNow();
  }
}
