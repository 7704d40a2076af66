package io.scrip.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scrip.auth.BoundedClient;
import io.scrip.gateway.GatewayException.Conflict;
import io.scrip.gateway.GatewayException.StoreUnusable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;

/** The three calls of the Kubernetes API that are needed: read, create and replace one Secret. */
final class ClusterApi {
  /** Names who wrote, in {@code metadata.managedFields}. */
  private static final String WRITER = "?fieldManager=scrip-sync-keys";

  /** RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final ClusterAddress address;
  private final BoundedClient.Limits limits;

  ClusterApi(ClusterAddress address, BoundedClient.Limits limits) {
    this.address = address;
    this.limits = limits;
  }

  Optional<ObjectNode> find(String name) throws GatewayException, InterruptedException {
    HttpResponse<String> answer = send("read " + name, request(address.secret(name)).GET());
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(object(accepted("read " + name, answer)));
  }

  void create(String name, ObjectNode secret) throws GatewayException, InterruptedException {
    accepted(
        "create " + name,
        send("create " + name, request(URI.create(address.secrets() + WRITER)).POST(body(secret))));
  }

  /** With the resource version that was read: another one by now is a conflict. */
  void replace(String name, ObjectNode secret) throws GatewayException, InterruptedException {
    accepted(
        "write " + name,
        send(
            "write " + name, request(URI.create(address.secret(name) + WRITER)).PUT(body(secret))));
  }

  private HttpRequest.Builder request(URI uri) throws StoreUnusable {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    if (address.tokenFile().isPresent()) {
      request.header("Authorization", "Bearer " + token());
    }
    return request;
  }

  private String token() throws StoreUnusable {
    String token;
    try {
      token = Files.readString(address.tokenFile().orElseThrow()).strip();
    } catch (IOException e) {
      throw new StoreUnusable("the token file cannot be read");
    }
    if (!TOKEN.matcher(token).matches()) { // the HTTP client would complain, and repeat it
      throw new StoreUnusable("the token file holds no token");
    }
    return token;
  }

  private static HttpRequest.BodyPublisher body(ObjectNode secret) {
    return BodyPublishers.ofString(StrictJson.write(secret));
  }

  private HttpResponse<String> send(String what, HttpRequest.Builder request)
      throws GatewayException, InterruptedException {
    try (BoundedClient client = new BoundedClient(address.caFile(), limits)) {
      return client.send(request.setHeader("Content-Type", "application/json").build());
    } catch (IOException e) {
      throw new StoreUnusable(
          "cannot " + what + ": " + Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private static HttpResponse<String> accepted(String what, HttpResponse<String> answer)
      throws GatewayException {
    return switch (answer.statusCode()) {
      case 200, 201 -> answer;
      case 409 -> throw new Conflict("cannot " + what + ": it has changed meanwhile");
      default ->
          throw new StoreUnusable(
              "cannot "
                  + what
                  + ": the cluster answers "
                  + answer.statusCode()
                  + reason(answer.body()));
    };
  }

  /** The API says why, in a {@code Status}; an admission webhook speaks through it too. */
  private static String reason(String body) {
    try {
      String message = StrictJson.read(body).path("message").asText();
      return message.isEmpty() ? "" : ", " + Printable.of(message);
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static ObjectNode object(HttpResponse<String> answer) throws StoreUnusable {
    try {
      JsonNode tree = StrictJson.read(answer.body());
      if (tree instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new StoreUnusable("what the cluster answers is no Secret");
  }
}
