package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresRotationTest extends RotationContract {
  private final TestDatabase database = Databases.emptyPostgres();

  @Override
  Map<String, Object> database() {
    return Map.of(
        "datasources.default.url",
        Databases.postgresUrl(database),
        "datasources.default.username",
        "postgres",
        "scrip.rotation.interval",
        "PT0.2S");
  }

  @Test
  void a_key_encryption_key_that_has_grown_old_is_rotated_by_itself_and_data_keys_follow()
      throws SQLException {
    String token = token("data", "by schedule");
    long before = active("keks");
    database.execute(
        "update scrip_keys.key_encryption_keys set created_at = created_at - interval '366 days'");
    while (active("keks") == before) {
      assertThat(isLive(token)).isTrue();
    }
    Expect.eventually(200, () -> destroy("kek", before)); // once its job has moved the data keys
    assertThat(isLive(token)).isTrue();
    assertThat(server().get("dev-admin", "/v1/audit/events?actor=schedule").body())
        .contains("\"action\":\"key.rotate\"")
        .contains("\"action\":\"key.rekey\"");
  }

  @AfterAll
  @Override
  void stop() {
    super.stop(); // closes its audit chains, where the next test would find them
    database.close();
  }
}
