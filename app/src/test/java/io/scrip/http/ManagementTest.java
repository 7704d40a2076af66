package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest {
  private static final String PASSWORD = "canary-of-the-database";
  private static final String SUBJECT = "canary-subject";
  private static final String TEMPLATE = "canary-template";

  private static TestDatabase database;
  private static TestServer server;
  private static String token;

  @BeforeAll
  static void start() {
    database = Databases.postgres();
    server =
        TestServer.start(
            Map.of(
                "datasources.default.url",
                withPassword(Databases.postgresUrl(database)),
                "datasources.default.username",
                "postgres"));
    var made =
        server.post(
            "dev-admin",
            "/v1/tokenize",
            "{\"data\": \"4242424242424242\", \"subject\": \"" + SUBJECT + "\"}");
    assertThat(made.status()).isEqualTo(201);
    token = made.text("token");
    server.post("dev-writer", "/v1/detokenize", "{\"token\": \"" + token + "\"}");
    server.get("dev-admin", "/v1/templates/" + TEMPLATE);
    server.get("dev-admin", "/v1/nothing/" + TEMPLATE);
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  /**
   * The server lets everybody in; it is the driver that takes the parameter, and reports the URL.
   */
  private static String withPassword(String url) {
    return url + (url.contains("?") ? "&" : "?") + "password=" + PASSWORD;
  }

  private static Answer management(String path) {
    return TestServer.send(HttpRequest.newBuilder(server.management(path)).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
  void health_is_told_on_the_management_port_without_a_secret(String path) {
    Answer answer = management(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("status")).isEqualTo("UP");
    assertThat(answer.body())
        .doesNotContain(PASSWORD, "jdbc:", "postgres", server.folder().toString());
  }

  @Test
  void swagger_ui_comes_with_everything_it_loads_from_the_program_itself() {
    Answer page = management("/swagger-ui");
    assertThat(page.status()).isEqualTo(200);
    List<String> assets =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page.body())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(assets)
        .hasSize(3)
        .allSatisfy(
            asset -> {
              assertThat(asset).startsWith("/swagger-ui/");
              assertThat(management(asset).status()).as(asset).isEqualTo(200);
            });
    assertThat(management("/swagger-ui/start.js").body()).contains("'/openapi.yaml'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/swagger-ui/none.js",
        "/swagger-ui/..%2fapplication.yml",
        "/swagger-ui/logback.xml",
        "/swagger-ui/%2e%2e/x.js",
        "/swagger-ui/swagger-ui.css%00.js",
        "/application.yml",
        "/env",
        "/beans",
        "/routes",
        "/loggers",
        "/refresh",
        "/stop",
        "/threaddump",
        "/metrics",
        "/info"
      })
  void the_management_port_gives_out_nothing_else(String path) {
    assertThat(management(path).status()).isIn(400, 404);
  }

  @Test
  void the_key_that_verifies_the_trail_is_public() {
    assertThat(management("/audit-key.pem").body()).startsWith("-----BEGIN PUBLIC KEY-----");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/liveness",
        "/health/readiness",
        "/prometheus",
        "/openapi.yaml",
        "/swagger-ui",
        "/swagger-ui/start.js",
        "/audit-key.pem",
        "/oauth/token",
        "/.well-known/jwks.json",
        "/env",
        "/beans",
        "/"
      })
  void the_api_port_serves_nothing_but_the_api(String path) {
    Answer answer = server.get("dev-admin", path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
  }

  @Test
  void the_management_port_serves_nothing_of_the_api() {
    var routes =
        server
            .context()
            .getBean(Router.class)
            .uriRoutes()
            .filter(route -> route.getUriMatchTemplate().toString().startsWith("/v1"))
            .toList();
    assertThat(routes).isNotEmpty();
    for (var route : routes) {
      String path =
          route.getUriMatchTemplate().toString().replace("{name}", "card").replace("{id}", "1");
      HttpRequest request =
          HttpRequest.newBuilder(server.management(path))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + server.token("dev-admin"))
              .method(route.getHttpMethodName(), BodyPublishers.ofString("{\"data\": \"x\"}"))
              .build();
      assertThat(TestServer.send(request).status())
          .as(route.getHttpMethodName() + " " + path)
          .isEqualTo(404);
    }
  }

  @Test
  void the_management_port_gives_nobody_an_access_token() {
    HttpRequest request =
        HttpRequest.newBuilder(server.management("/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=dev-admin&client_secret=dev-admin"))
            .build();
    assertThat(TestServer.send(request).status()).isEqualTo(404);
    assertThat(management("/.well-known/jwks.json").status()).isEqualTo(404);
  }

  @Test
  void the_issuers_port_serves_neither_the_api_nor_management() {
    for (String path :
        List.of("v1/templates", "health", "prometheus", "openapi.yaml", "audit-key.pem")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.issuer() + path))
              .header("Authorization", "Bearer " + server.token("dev-admin"))
              .build();
      assertThat(TestServer.send(request).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void metrics_tell_the_journal_and_the_decisions() {
    Answer answer = management("/prometheus");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "scrip_journal_depth",
            "scrip_decisions_total",
            "scrip_journal_commit_seconds",
            "scrip_token_space_left",
            "action=\"token.tokenize\",outcome=\"allowed\"",
            "action=\"token.detokenize\",outcome=\"refused\"");
  }

  @Test
  void no_metric_has_a_label_that_a_caller_can_choose() {
    String metrics = management("/prometheus").body();
    Set<String> labels =
        Pattern.compile("[{,]([a-z_]+)=\"")
            .matcher(metrics)
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(labels)
        .isNotEmpty()
        .doesNotContain("tenant", "subject", "token", "client", "actor", "issuer");
    assertThat(metrics)
        .doesNotContain(token, SUBJECT, TEMPLATE, "dev-admin", "dev-writer", PASSWORD);
  }

  @Test
  void an_instance_is_ready_whether_or_not_the_issuer_is_there() {
    try (TestServer alone =
        TestServer.start(Map.of("scrip.auth.issuers.dev.issuer", "http://127.0.0.1:1/"))) {
      Answer answer =
          TestServer.send(HttpRequest.newBuilder(alone.management("/health/readiness")).build());
      assertThat(answer.status()).isEqualTo(200);
      Answer refused = alone.get("dev-admin", "/v1/templates");
      assertThat(refused.status()).isIn(401, 503);
    }
  }
}
