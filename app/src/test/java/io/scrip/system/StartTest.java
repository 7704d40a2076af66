package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The two ways to start that are meant: the newcomer's, and the operator's from an empty server on.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class StartTest {
  private static final int SIGTERM = 128 + 15;

  @TempDir Path folder;

  @Test
  void development_needs_nothing_and_stops_in_silence() throws Exception {
    int port = FreePorts.next();
    int managementPort = FreePorts.next();
    int issuerPort = FreePorts.next();
    Map<String, String> settings =
        Map.of(
            "micronaut.environments", "dev",
            "micronaut.server.port", String.valueOf(port),
            "endpoints.all.port", String.valueOf(managementPort),
            "scrip.issuer.port", String.valueOf(issuerPort),
            "scrip.auth.issuers.dev.issuer", "http://127.0.0.1:" + issuerPort + "/");
    try (HttpClient http = HttpClient.newHttpClient();
        Program program = Program.start(folder, settings)) {
      program.await(
          "its greeting",
          () -> program.hasPrinted("curl -s http://127.0.0.1:" + port + "/v1/tokenize"));
      String form =
          "grant_type=client_credentials&client_id=dev-admin&client_secret=dev-admin&audience=https://api.scrip.local";
      String granted =
          post(
              http,
              "http://127.0.0.1:" + issuerPort + "/oauth/token",
              "application/x-www-form-urlencoded",
              "",
              form);
      String bearer = granted.split("\"")[3]; // as the greeting's `cut -d '"' -f 4` does
      String made =
          post(
              http,
              "http://127.0.0.1:" + port + "/v1/tokenize",
              "application/json",
              bearer,
              "{\"data\":\"4242424242424242\",\"template\":\"card\"}");
      assertThat(made).contains("\"token\":\"424242");
      program.stop();
      var ended = program.awaitExit();
      assertThat(ended.code()).isEqualTo(SIGTERM);
      assertThat(ended.errors()).isEmpty();
      assertThat(ended.everything()).doesNotContain("Exception", " ERROR ");
    }
    assertThat(folder.resolve("data"))
        .isDirectoryContaining("glob:**scrip.mv.db")
        .isDirectoryContaining("glob:**dev-seal.root");
  }

  @Test
  void production_starts_from_an_empty_server_by_the_commands_an_operator_has() throws Exception {
    try (var issuer = new Issuer();
        EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      prepare(server);
      String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/scrip";
      var made = Program.run(folder, Map.of(), "keys", "generate", "--folder", ".");
      assertThat(made.code()).isZero();
      var migrated = Program.run(folder, datasource(url, "scrip_owner"), "migrate");
      assertThat(migrated.code()).as("%s", migrated).isZero();
      grant(url);

      Map<String, String> settings = new HashMap<>(issuer.settings());
      settings.putAll(datasource(url, "scrip_app"));
      settings.put("micronaut.server.host", "127.0.0.1");
      settings.put("scrip.keys.seal-roots", "seal");
      settings.put("scrip.keys.digest-roots", "digest");
      settings.put("scrip.housekeeping.interval", "PT0.1S");
      try (Instance instance = Instance.start(new Deployment(folder, issuer, settings))) {
        String token =
            instance.post("/v1/tokenize", "{\"data\":\"value\",\"subject\":\"s\"}").text("token");
        assertThat(instance.open(token).text("data")).isEqualTo("value");
        assertThat(instance.post("/v1/tokens/revoke", "{\"subject\":\"s\"}").text("revoked"))
            .isEqualTo("1");
        assertThat(instance.open(token).status()).isEqualTo(404);
        assertThat(Deployment.verifiedTrail(instance)).contains("detokenize");
        instance.program().stop();
        var ended = instance.program().awaitExit();
        assertThat(ended.code()).isEqualTo(SIGTERM);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.everything()).doesNotContain("Exception", " ERROR ", " WARN ");
      }
    }
  }

  private static void prepare(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create role scrip_owner login");
      statement.execute("create role scrip_app login");
      statement.execute("create database scrip owner scrip_owner");
    }
  }

  private static void grant(String url) throws SQLException, IOException {
    try (var grants =
            Objects.requireNonNull(StartTest.class.getResourceAsStream("/db/grants.sql"));
        Connection owner = DriverManager.getConnection(url, "scrip_owner", "");
        var statement = owner.createStatement()) {
      statement.execute(new String(grants.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Map<String, String> datasource(String url, String role) {
    return Map.of("datasources.default.url", url, "datasources.default.username", role);
  }

  private static String post(HttpClient http, String url, String type, String bearer, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + bearer)
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
