package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManagementReadinessTest {

  @Test
  void an_instance_without_its_database_is_alive_but_not_ready_and_ready_again_with_it()
      throws SQLException {
    // Not given back: its own connections are cut off as well.
    TestDatabase database = Databases.postgres();
    try (TestDatabase other = Databases.postgres();
        TestServer server = TestServer.start(settings(database))) {
      assertThat(probe(server, "readiness").status()).isEqualTo(200);
      String name = database.ask("select current_database()");
      admit(other, name, false);
      assertThat(probe(server, "readiness").status()).isEqualTo(503);
      assertThat(probe(server, "readiness").text("status")).isEqualTo("DOWN");
      assertThat(probe(server, "liveness").status()).isEqualTo(200);
      admit(other, name, true);
      assertThat(IntStream.range(0, 60))
          .as("as soon as the pool has noticed, a probe after another")
          .anyMatch(_ -> probe(server, "readiness").status() == 200);
    }
  }

  private static void admit(TestDatabase other, String name, boolean connections)
      throws SQLException {
    other.execute("alter database " + name + " with allow_connections " + connections);
    if (!connections) {
      other.ask(
          "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '"
              + name
              + "'");
    }
  }

  private static Map<String, Object> settings(TestDatabase database) {
    return Map.of(
        "datasources.default.url",
        Databases.postgresUrl(database),
        "datasources.default.username",
        "postgres",
        "datasources.default.connection-timeout",
        1_000);
  }

  private static Answer probe(TestServer server, String probe) {
    return TestServer.send(HttpRequest.newBuilder(server.management("/health/" + probe)).build());
  }
}
