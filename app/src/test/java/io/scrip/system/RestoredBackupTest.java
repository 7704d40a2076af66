package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The drill of app/docs/erasure.md: yesterday's backups, an erasure today, and each part restored
 * beside the others. Values ({@code scrip}) and keys ({@code scrip_keys}) are backed up apart.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class RestoredBackupTest {
  private static final String VALUES = "scrip";
  private static final String KEYS = "scrip_keys";
  private static final int EACH = 50;

  private final TestDatabase database = Databases.postgres();
  private final Map<String, String> erased = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();
  private final Map<String, String> ofTheErasedButNotErasable = new LinkedHashMap<>();
  private final Map<String, String> madeToday = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Backup yesterdaysValues;

  @SuppressWarnings("NullAway.Init")
  private Backup yesterdaysKeys;

  @SuppressWarnings("NullAway.Init")
  private Backup todaysValues;

  @SuppressWarnings("NullAway.Init")
  private Backup todaysKeys;

  @BeforeAll
  void yesterday_and_today() throws SQLException, IOException {
    folder = Files.createTempDirectory("scrip-drill");
    try (TestServer server = start(database)) {
      answered(
          201,
          server.put("dev-admin", "/v1/templates/goes", "{\"format\":\"uuid\",\"erasable\":true}"));
      fill(server, "customer-1", "goes", erased);
      fill(server, "customer-1", "opaque", ofTheErasedButNotErasable);
      fill(server, "customer-2", "goes", others);
      fill(server, "customer-3", "opaque", others);
    }
    yesterdaysValues = Backup.of(database, VALUES);
    yesterdaysKeys = Backup.of(database, KEYS);
    try (TestServer server = start(database)) {
      assertOpen(server, erased);
      Answer record =
          answered(200, server.post("/v1/subjects/erase", "{\"subject\":\"customer-1\"}"));
      assertThat(record.text("keys")).isEqualTo("1");
      assertThat(record.text("tokens")).isEqualTo(String.valueOf(2 * EACH));
      assertThat(record.text("shredded")).isEqualTo(String.valueOf(EACH));
      fill(server, "customer-4", "goes", madeToday);
      assertGone(server, erased, "revoked");
      assertOpen(server, others);
    }
    todaysValues = Backup.of(database, VALUES);
    todaysKeys = Backup.of(database, KEYS);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void yesterdays_values_beside_todays_keys_the_subjects_do_not_open_everyone_elses_do()
      throws SQLException {
    yesterdaysValues.restoreTo(database);
    todaysKeys.restoreTo(database);
    try (TestServer server = start(database)) {
      assertGone(server, erased, "will-not-open");
      assertOpen(server, others);
      assertOpen(server, ofTheErasedButNotErasable); // as the page says
      assertGone(server, madeToday, "unknown");
      Answer again = server.post("/v1/subjects/erase", "{\"subject\":\"customer-1\"}");
      assertThat(again.text("keys")).isEqualTo("0");
      assertThat(again.text("tokens")).isEqualTo(String.valueOf(2 * EACH));
      assertGone(server, ofTheErasedButNotErasable, "revoked");
    }
  }

  @Test
  void yesterdays_values_beside_yesterdays_keys_open_all_of_them() throws SQLException {
    yesterdaysValues.restoreTo(database);
    yesterdaysKeys.restoreTo(database);
    try (TestServer server = start(database)) {
      assertOpen(server, erased);
      assertOpen(server, ofTheErasedButNotErasable);
      assertOpen(server, others);
    }
  }

  @Test
  void todays_values_beside_yesterdays_keys_lack_what_was_made_since() throws SQLException {
    todaysValues.restoreTo(database);
    yesterdaysKeys.restoreTo(database);
    try (TestServer server = start(database)) {
      assertGone(server, erased, "revoked");
      assertGone(server, madeToday, "will-not-open");
      assertOpen(server, others);
    }
  }

  @Test
  void all_of_today_goes_on() throws SQLException {
    todaysValues.restoreTo(database);
    todaysKeys.restoreTo(database);
    try (TestServer server = start(database)) {
      assertGone(server, erased, "revoked");
      assertOpen(server, madeToday);
      assertOpen(server, others);
    }
  }

  private TestServer start(TestDatabase on) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("datasources.default.url", Databases.postgresUrl(on));
    settings.put("datasources.default.username", "postgres");
    return TestServer.in(folder, settings);
  }

  private static void fill(
      TestServer server, String subject, String template, Map<String, String> made) {
    for (int i = 0; i < EACH; i++) {
      String data = subject + " " + template + " " + i;
      String body =
          "{\"data\":\"%s\",\"subject\":\"%s\",\"template\":\"%s\"}"
              .formatted(data, subject, template);
      made.put(answered(201, server.post("/v1/tokenize", body)).text("token"), data);
    }
  }

  private static void assertOpen(TestServer server, Map<String, String> tokens) {
    tokens.forEach(
        (token, data) ->
            assertThat(answered(200, open(server, token)).text("data")).isEqualTo(data));
  }

  private static void assertGone(TestServer server, Map<String, String> tokens, String reason) {
    String since = java.time.Instant.now().toString();
    List<String> answers =
        tokens.keySet().stream()
            .map(token -> answered(404, open(server, token)).problem())
            .toList();
    assertThat(answers).hasSize(EACH).containsOnly("token-not-found");
    String trail = server.get("dev-admin", "/v1/audit/events?from=" + since).body();
    assertThat(trail.lines().filter(line -> line.contains("\"token.detokenize\"")))
        .hasSize(EACH)
        .allMatch(line -> line.contains("\"reason\":\"" + reason + "\""));
  }

  private static Answer open(TestServer server, String token) {
    return server.post("/v1/detokenize", "{\"token\":\"" + token + "\"}");
  }

  private static Answer answered(int status, Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
