package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, methods and headers that are not the API's. */
interface AddressAttacks extends ApiContract {
  List<String> POSTS =
      List.of(
          "/v1/tokenize",
          "/v1/tokenize/batch",
          "/v1/detokenize",
          "/v1/detokenize/batch",
          "/v1/tokens/lookup",
          "/v1/tokens/search",
          "/v1/tokens/renew",
          "/v1/tokens/revoke");

  private String raw(String line, String... headers) {
    return RawHttp.exchange(
        server(), RawHttp.request(line, RawHttp.bytes("{\"data\":\"x\"}"), headers));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/..%2fv1/tokenize", "/v1/../v1/tokenize", "//v1/tokenize", "/v1//tokenize",
            "/v1/tokenize/", "/v1/tokenize/.", "/v1/%74okenize", "/V1/tokenize",
        "/v1/tokenize;x=1", "/v1/tokenize%00", "/v1/tokenize%0d%0aX:y", "/%2e%2e/v1/tokenize",
            "/v1/tokenize%2fbatch", "/v1\\tokenize", "/v1/./tokenize", "/%76%31/tokenize"
      })
  default void no_spelling_of_an_address_gets_by_without_a_token(String path) {
    String without = raw("POST " + path + " HTTP/1.1", "Content-Type: application/json");
    assertThat(RawHttp.status(without)).as(without).isIn(400, 401, 404);
    assertThat(without).contains("urn:scrip:problem:").doesNotContain("\"token\"");
    String with =
        raw(
            "POST " + path + " HTTP/1.1",
            "Content-Type: application/json",
            "Authorization: Bearer " + server().token("dev-reader"));
    assertThat(RawHttp.status(with)).as(with).isIn(400, 403, 404);
    assertThat(with).contains("urn:scrip:problem:").doesNotContain("\"token\"");
  }

  @Test
  default void an_unknown_address_is_told_to_those_with_a_token_only() {
    for (String path :
        List.of(
            "/v1",
            "/v1/nosuch",
            "/v1/tokens",
            "/v1/tokens/tok_x",
            "/v1/audit",
            "/v1/templates/a/b")) {
      Expect.problem(server().get("nobody", path), 404, "not-found");
      Expect.problem(
          TestServer.send(HttpRequest.newBuilder(server().api(path)).build()), 401, "unauthorized");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/prometheus",
        "/metrics",
        "/env",
        "/beans",
        "/loggers",
        "/stop",
        "/routes",
        "/swagger-ui",
        "/openapi.yaml",
        "/audit-key.pem",
        "/oauth/token",
        "/.well-known/jwks.json",
        "/v2/tokenize"
      })
  default void the_apis_port_serves_nothing_but_the_api(String path) {
    for (String method : List.of("GET", "POST")) {
      HttpRequest request =
          HttpRequest.newBuilder(server().api(path))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString("{}"))
              .build();
      Answer answer = TestServer.send(request);
      assertThat(answer.status()).as(method + " " + path + answer.body()).isIn(401, 404);
      Expect.problem(answer);
    }
  }

  @Test
  default void other_methods_are_refused() {
    for (String path : POSTS) {
      for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
        HttpRequest request =
            server()
                .request("dev-admin", path)
                .method(method, BodyPublishers.ofString("{\"data\":\"x\"}"))
                .build();
        Answer answer = Expect.problem(TestServer.send(request), 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X", "tokenize"})
  default void strange_methods_do_nothing(String method) {
    String answer =
        raw(
            method + " /v1/tokenize HTTP/1.1",
            "Content-Type: application/json",
            "Authorization: Bearer " + server().token("dev-admin"));
    assertThat(RawHttp.status(answer)).as(answer).isBetween(400, 499);
    assertThat(answer).doesNotContain("\"token\"", "Access-Control-Allow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "image/*", "nonsense", "*/*;q=0"})
  default void what_only_html_is_accepted_for_is_refused_or_answered_in_json(String accept) {
    HttpRequest request =
        server()
            .request("dev-admin", "/v1/tokenize")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString("{\"data\":\"x\"}"))
            .build();
    Answer answer = TestServer.send(request);
    assertThat(answer.status()).as(answer.body()).isIn(201, 400, 406);
    if (answer.status() != 201) {
      Expect.problem(answer);
    }
    HttpRequest refused =
        server()
            .request("dev-reader", "/v1/tokenize")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString("{\"data\":\"x\"}"))
            .build();
    Expect.problem(TestServer.send(refused));
  }

  @Test
  default void what_is_no_http_is_turned_away() {
    for (String noise :
        List.of(
            "\r\n\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001",
            "POST /v1/tokenize HTTP/1.1\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
            "POST /v1/tokenize HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nxx",
            "POST /v1/tokenize HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZ\r\n")) {
      try (var socket = RawHttp.open(server())) {
        socket.getOutputStream().write(RawHttp.bytes(noise));
        socket.shutdownOutput();
        String answer =
            new String(
                socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(RawHttp.status(answer)).as(noise + answer).isNotIn(200, 201, 500);
      } catch (java.io.IOException reset) {
        assertThat(reset).isInstanceOf(java.net.SocketException.class);
      }
    }
  }

  @Test
  default void a_key_in_other_letters_than_ascii_is_refused() {
    byte[] request =
        RawHttp.request(
            "POST /v1/tokenize HTTP/1.1",
            RawHttp.bytes("{\"data\":\"x\"}"),
            "Content-Type: application/json",
            "Idempotency-Key: \u00fc",
            "Authorization: Bearer " + server().token("dev-admin"));
    String answer = RawHttp.exchange(server(), request);
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(400);
    assertThat(answer).contains("urn:scrip:problem:invalid-request");
  }

  @Test
  default void a_request_id_that_could_hide_something_is_replaced() {
    for (String id :
        List.of(
            "4242424242424242",
            "short",
            "has space here",
            "x".repeat(65),
            "<script>alert(1)</script>")) {
      HttpRequest request =
          server().request("nobody", "/v1/templates").header("X-Request-Id", id).GET().build();
      assertThat(TestServer.send(request).headers().firstValue("X-Request-Id").orElseThrow())
          .isNotEqualTo(id)
          .matches("[0-9a-f-]{36}");
    }
  }

  /** By the routes the running server has: a secret in an address would be in every access log. */
  @Test
  default void no_address_has_room_for_a_token_a_name_a_subject_or_a_value() {
    var routes =
        server()
            .context()
            .getBean(io.micronaut.web.router.Router.class)
            .uriRoutes()
            .filter(route -> route.getUriMatchTemplate().toPathString().startsWith("/v1"))
            .toList();
    assertThat(routes).hasSizeGreaterThanOrEqualTo(14);
    for (var route : routes) {
      assertThat(route.getUriMatchTemplate().getVariableNames())
          .as(route.toString())
          .isSubsetOf("name", "id");
      if (!route.getUriMatchTemplate().getVariableNames().isEmpty()) {
        assertThat(route.getUriMatchTemplate().toPathString())
            .isIn("/v1/templates/{name}", "/v1/keys/jobs/{id}"); // the number of a re-key job
      }
      for (var argument : route.getTargetMethod().getArguments()) {
        if (argument.isAnnotationPresent(io.micronaut.http.annotation.QueryValue.class)) {
          assertThat(List.of("from", "to", "actor", "action", "subjectDigest"))
              .as(route.toString())
              .contains(argument.getName());
        }
      }
    }
  }
}
