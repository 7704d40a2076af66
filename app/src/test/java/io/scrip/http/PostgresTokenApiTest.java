package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresTokenApiTest extends TokenApiContract {
  private final TestDatabase database = Databases.emptyPostgres();

  @Override
  Map<String, Object> database() {
    return Map.of(
        "datasources.default.url",
        Databases.postgresUrl(database),
        "datasources.default.username",
        "postgres");
  }

  @AfterAll
  @Override
  void stop() {
    super.stop(); // closes its audit chains, where the next test would find them
    database.close();
  }

  @Test
  void
      two_instances_asked_for_one_value_at_one_moment_give_one_token_and_know_of_each_others_doings() {
    Map<String, Object> settings = new HashMap<>(database());
    settings.putAll(ApiContract.clients());
    try (TestServer other = TestServer.in(server().folder(), settings)) {
      List<TestServer> instances = List.of(server(), other);
      String template = template("format", "opaque", "mode", "convergent");
      for (String data : List.of("a", "b", "c", "d")) {
        var tokens =
            Expect.atOnce(
                16,
                i ->
                    instances
                        .get(i % 2)
                        .post("/v1/tokenize", Json.of("data", data, "template", template))
                        .text("token"));
        assertThat(tokens).containsOnly(tokens.getFirst());
      }
      String subject = fresh("subject");
      String token =
          other.post("/v1/tokenize", Json.of("data", "x", "subject", subject)).text("token");
      assertThat(isLive(token)).isTrue();
      revoke("subject", subject);
      Expect.problem(other.post("/v1/detokenize", Json.of("token", token)), 404, "token-not-found");
      Expect.ok(
          other.put("dev-admin", "/v1/templates/" + template, Json.of("format", "uuid")), 200);
      assertThat(token("data", "new", "template", template)).hasSize(36);
    }
  }
}
