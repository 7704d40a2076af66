package io.scrip.store;

import com.zaxxer.hikari.HikariDataSource;
import io.scrip.audit.TrailReader;
import io.scrip.crypto.KeyTable;
import io.scrip.journal.Ledger;
import io.scrip.journal.Transaction;
import io.scrip.vault.CatalogStore;
import io.scrip.vault.IdempotencyStore;
import io.scrip.vault.MappingStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import javax.sql.DataSource;

/** A database and every port on it. */
public final class TestDatabase implements AutoCloseable {
  private final HikariDataSource pool;
  private final Database database;
  private final Cleanup cleanup;
  private final String name;

  TestDatabase(HikariDataSource pool, Dialect dialect, String name) {
    this(pool, dialect, name, _ -> {});
  }

  TestDatabase(HikariDataSource pool, Dialect dialect, String name, Cleanup cleanup) {
    this.pool = pool;
    this.cleanup = cleanup;
    this.database = new Database(pool, dialect);
    this.name = name;
  }

  public DataSource dataSource() {
    return pool;
  }

  public Ledger ledger() {
    return new JdbcLedger(database);
  }

  public MappingStore mappings() {
    return new JdbcMappingStore(dialect());
  }

  public CatalogStore catalog() {
    return new JdbcCatalogStore(dialect());
  }

  public IdempotencyStore idempotency() {
    return new JdbcIdempotencyStore(dialect());
  }

  public KeyTable keys() {
    return new JdbcKeyTable(database);
  }

  public TrailReader trail() {
    return new JdbcTrailReader(database);
  }

  /**
   * Runs a statement as it stands, in a transaction of its own: what an operator or an intruder
   * would do.
   */
  public int execute(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      return statement.getUpdateCount();
    }
  }

  /** The first column of the first row. */
  public String ask(String sql) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var results = statement.executeQuery(sql)) {
      results.next();
      return results.getString(1);
    }
  }

  /** PostgreSQL's process of this transaction. */
  static int backend(Transaction tx) {
    return Sql.in(tx, "select pg_backend_pid() as pid").only(row -> row.integer("pid"));
  }

  /** Ends that process and waits until it is gone. */
  void terminate(int backend) {
    try {
      ask("select pg_terminate_backend(" + backend + ", 60000)");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The database's clock. */
  public Instant now() throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var results = statement.executeQuery("select current_timestamp")) {
      results.next();
      return results.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  <T> T commit(Function<Transaction, T> work) {
    return database.write(work);
  }

  Database database() {
    return database;
  }

  Dialect dialect() {
    return database.dialect();
  }

  String name() {
    return name;
  }

  @Override
  public void close() {
    try (pool) {
      cleanup.run(this);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is done before the pool is closed. */
  interface Cleanup {
    void run(TestDatabase database) throws SQLException;
  }
}
