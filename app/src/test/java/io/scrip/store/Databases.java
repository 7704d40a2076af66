package io.scrip.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real databases for tests, with the schema in place: PostgreSQL of one server that the whole JVM
 * shares, and H2 in a file. The schema is migrated once and then copied, so that each test can have
 * a database of its own.
 */
public final class Databases {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Queue<String> USED = new ConcurrentLinkedQueue<>();
  private static final String EMPTY =
      """
      truncate scrip.tokens, scrip.templates, scrip.revocation_marks, scrip.idempotency,
        scrip_keys.key_encryption_keys, scrip_keys.data_keys, scrip_keys.digest_keys, scrip_keys.destroyed_keys,
        scrip_keys.jobs,
        scrip_audit.audit_chains, scrip_audit.audit_events, scrip_audit.audit_checkpoints restart identity;
      update scrip.catalog set version = 1, data_key_floor = 1, last_erasure = 0;
      """;

  private Databases() {}

  /**
   * An empty vault in a PostgreSQL database of its own, which is emptied and used again once it is
   * closed.
   */
  public static TestDatabase postgres() {
    String name = Optional.ofNullable(USED.poll()).orElseGet(Databases::copyTemplate);
    var pool = pool(Server.config(name, "postgres"));
    return new TestDatabase(
        pool,
        Dialect.POSTGRESQL,
        name,
        database -> {
          database.execute(EMPTY);
          USED.add(name);
        });
  }

  private static String copyTemplate() {
    String name = "test_" + COUNT.incrementAndGet();
    Server.administer("create database " + name + " template scrip_template");
    return name;
  }

  /** A PostgreSQL database without any table. */
  public static TestDatabase emptyPostgres() {
    String name = "test_" + COUNT.incrementAndGet();
    Server.administer("create database " + name);
    return new TestDatabase(pool(Server.config(name, "postgres")), Dialect.POSTGRESQL, name);
  }

  /** An empty vault in a new H2 file of that folder, or the one that is there. */
  public static TestDatabase h2File(Path folder) {
    try {
      if (!Files.exists(folder.resolve("vault.mv.db"))) {
        Files.createDirectories(folder);
        Files.copy(H2Template.file(), folder.resolve("vault.mv.db"));
      }
      return emptyH2File(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An H2 file as it is, without any table if it is new. */
  public static TestDatabase emptyH2File(Path folder) {
    return new TestDatabase(pool(h2(folder)), Dialect.H2, folder.toString());
  }

  /** Another pool on the same database, as another instance would have. */
  public static TestDatabase again(TestDatabase database) {
    return as(database, "postgres");
  }

  /** The same PostgreSQL database as another role sees it. */
  static TestDatabase as(TestDatabase database, String role) {
    return switch (database.dialect()) {
      case H2 -> emptyH2File(Path.of(database.name()));
      case POSTGRESQL ->
          new TestDatabase(
              pool(Server.config(database.name(), role)), Dialect.POSTGRESQL, database.name());
    };
  }

  /** A URL that makes use of the shared server. */
  public static String postgresUrl(TestDatabase database) {
    return Server.config(database.name(), "postgres").getJdbcUrl();
  }

  /** The same as another role. */
  public static String postgresUrl(TestDatabase database, String role) {
    return Server.config(database.name(), role).getJdbcUrl();
  }

  private static HikariConfig h2(Path folder) {
    var config = new HikariConfig();
    String url = "jdbc:h2:file:" + folder.resolve("vault").toAbsolutePath();
    config.setJdbcUrl(DatasourceUrl.parse(url).driverUrl());
    config.setUsername("sa");
    config.setPassword("");
    return config;
  }

  private static HikariDataSource pool(HikariConfig config) {
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  /** One server for all tests of the JVM. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    static {
      administer("create database scrip_template");
      try (var pool = pool(config("scrip_template", "postgres"))) {
        new Schema(new Database(pool, Dialect.POSTGRESQL)).require(true);
      }
    }

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static void administer(String sql) {
      try (var connection = POSTGRES.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    static HikariConfig config(String database, String role) {
      var config = new HikariConfig();
      config.setJdbcUrl(POSTGRES.getJdbcUrl(role, database));
      StoreGuard.tunePostgres(config);
      return config;
    }
  }

  /** A migrated file to copy. */
  private static final class H2Template {
    private static final Path FOLDER = make();

    static Path file() {
      return FOLDER.resolve("vault.mv.db");
    }

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("scrip-h2");
        folder.toFile().deleteOnExit();
        try (var database = emptyH2File(folder)) {
          new Schema(database.database()).require(true);
          database.database().close();
        }
        folder.resolve("vault.mv.db").toFile().deleteOnExit();
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
