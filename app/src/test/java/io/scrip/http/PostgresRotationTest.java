package io.scrip.http;

import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

class PostgresRotationTest extends RotationContract {
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
  void close() {
    database.close();
  }
}
