package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.Roles;
import io.scrip.store.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * All of the rotation contract, and erasure, by a service that is the role of grants-keeper.sql and
 * owns nothing; and what is refused to one that is not.
 */
class KeeperRotationTest extends RotationContract {
  private final TestDatabase database = granted();

  private static TestDatabase granted() {
    TestDatabase owner = Databases.postgres();
    Roles.grant(owner);
    return owner;
  }

  @Override
  Map<String, Object> database() {
    return as(Roles.KEEPER);
  }

  private Map<String, Object> as(String role) {
    return Map.of(
        "datasources.default.url",
        Databases.postgresUrl(database, role),
        "datasources.default.username",
        role,
        "scrip.store.migrate",
        false);
  }

  @AfterAll
  @Override
  void stop() {
    super.stop(); // closes its audit chains, where the next test would find them
    database.close();
  }

  @Test
  void a_subject_is_erased() {
    String template = template("format", "opaque", "erasable", true);
    String subject = fresh("subject");
    String token = token("data", "x", "subject", subject, "template", template);
    Answer record =
        Expect.ok(server().post("/v1/subjects/erase", Json.of("subject", subject)), 200);
    assertThat(record.text("keys")).isEqualTo("1");
    assertThat(isLive(token)).isFalse();
  }

  @Test
  void a_service_of_the_other_role_neither_erases_nor_rotates_and_nothing_has_happened() {
    String template = template("format", "opaque", "erasable", true);
    Map<String, Object> settings = new HashMap<>(as(Roles.SERVICE));
    settings.putAll(ApiContract.clients());
    settings.put("scrip.rekey.interval", "PT0S");
    try (TestServer service = TestServer.in(server().folder(), settings)) {
      String subject = fresh("subject");
      String body = Json.of("data", "x", "subject", subject, "template", template);
      String token = Expect.ok(service.post("/v1/tokenize", body), 201).text("token");
      Expect.problem(
          service.post("/v1/subjects/erase", Json.of("subject", subject)),
          503,
          "store-unavailable");
      Expect.problem(
          service.post("/v1/keys/rotate", Json.of("key", "data")), 503, "store-unavailable");
      assertThat(service.post("/v1/detokenize", Json.of("token", token)).text("data"))
          .isEqualTo("x");
    }
  }
}
