package io.scrip.system;

import io.scrip.store.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** The rows of one schema, as a dump holds them, to be put in the place of another database's. */
final class Backup {
  /** Whoever refers to another table stands behind it. */
  private static final String TABLES =
      """
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = '%s' and c.relkind = 'r' and c.relname <> 'flyway_schema_history'
      order by exists (select 1 from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'), c.relname
      """;

  private static final String IDENTITIES =
      """
      select table_name, column_name from information_schema.columns
      where table_schema = '%s' and is_identity = 'YES'
      """;

  private final String schema;
  private final Map<String, byte[]> rows = new LinkedHashMap<>();

  private Backup(String schema) {
    this.schema = schema;
  }

  static Backup of(TestDatabase database, String schema) throws SQLException {
    Backup backup = new Backup(schema);
    try (Connection connection = database.dataSource().getConnection()) {
      for (String table : backup.texts(connection, TABLES)) {
        var out = new ByteArrayOutputStream();
        copy(connection).copyOut("copy " + schema + "." + table + " to stdout", out);
        backup.rows.put(table, out.toByteArray());
      }
      return backup;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  void restoreTo(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      String all = String.join(", ", rows.keySet().stream().map(t -> schema + "." + t).toList());
      statement.execute("truncate " + all + " cascade");
      for (Map.Entry<String, byte[]> table : rows.entrySet()) {
        copy(connection)
            .copyIn(
                "copy " + schema + "." + table.getKey() + " from stdin",
                new ByteArrayInputStream(table.getValue()));
      }
      goOnCounting(connection);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void goOnCounting(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String identity : pairs(connection)) {
        String table = identity.substring(0, identity.indexOf(' '));
        String column = identity.substring(identity.indexOf(' ') + 1);
        statement.execute(
            "select setval(pg_get_serial_sequence('%1$s.%2$s', '%3$s'), coalesce(max(%3$s), 0) + 1, false) from %1$s.%2$s"
                .formatted(schema, table, column));
      }
    }
  }

  private List<String> pairs(Connection connection) throws SQLException {
    return texts(connection, IDENTITIES.replace(", column_name", " || ' ' || column_name"));
  }

  private List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (var statement = connection.createStatement();
        var results = statement.executeQuery(sql.formatted(schema))) {
      while (results.next()) {
        texts.add(results.getString(1));
      }
    }
    return texts;
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return new CopyManager(connection.unwrap(BaseConnection.class));
  }
}
