package io.scrip.store;

import com.zaxxer.hikari.HikariConfig;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * Looks at the datasource before a pool is made of it: no file is created and nothing migrated
 * where the program should not store at all. Also sets what the store needs of the driver, so that
 * a plain URL is enough.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StoreGuard implements BeanCreatedEventListener<DatasourceConfiguration> {
  /** H2: the file is locked by another process. */
  private static final int DATABASE_ALREADY_OPEN = 90020;

  /** Few writers and a few readers; more connections than this only wait for the same disk. */
  private static final int POOL_SIZE = 16;

  private final StoreConfig config;
  private final Stage stage;

  /**
   * @param url looked at here too, since Hikari's configuration looks for a driver while it is made
   */
  StoreGuard(
      StoreConfig config,
      Stage stage,
      @Property(name = DatasourceUrl.SETTING) Optional<String> url) {
    this.config = config;
    this.stage = stage;
    url.ifPresent(DatasourceUrl::parse);
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration datasource = event.getBean();
    DatasourceUrl url = DatasourceUrl.parse(datasource.getUrl());
    check(url);
    datasource.setUrl(url.driverUrl());
    if (datasource.getMaximumPoolSize() < 1) {
      datasource.setMaximumPoolSize(POOL_SIZE);
    }
    switch (url) {
      case DatasourceUrl.H2File _ -> requireAnswer(datasource);
      case DatasourceUrl.H2Memory _ -> {}
      case DatasourceUrl.PostgreSql _ -> {
        tunePostgres(datasource);
        requireAnswer(datasource);
      }
    }
    return datasource;
  }

  /**
   * @throws StartRefused when production would be stored in memory, or in an H2 file that nobody
   *     allowed
   */
  void check(DatasourceUrl url) {
    if (stage == Stage.DEVELOPMENT) {
      return;
    }
    switch (url) {
      case DatasourceUrl.H2Memory _ ->
          throw new StartRefused(
              DatasourceUrl.SETTING, "H2 in memory forgets every token; use PostgreSQL");
      case DatasourceUrl.H2File _ when !config.allowH2() ->
          throw new StartRefused(
              "scrip.store.allow-h2",
              "H2 serves one process on one node; use PostgreSQL, or set this to true");
      case DatasourceUrl.H2File _ -> {}
      case DatasourceUrl.PostgreSql _ -> {}
    }
  }

  /**
   * What PostgreSQL needs. Row values stay out of the driver's messages. Prepared plans are made
   * once, perhaps when a table was still empty: without this, the plan that reads the whole table
   * would stay when it has grown. And statements of a millisecond are not worth compiling.
   */
  static void tunePostgres(HikariConfig datasource) {
    datasource.addDataSourceProperty("logServerErrorDetail", "false");
    datasource.addDataSourceProperty("tcpKeepAlive", "true");
    datasource.addDataSourceProperty("ApplicationName", "scrip");
    if (datasource.getConnectionInitSql() == null) {
      datasource.setConnectionInitSql("set enable_seqscan = off; set jit = off");
    }
  }

  /** Opens one connection before a pool is made of many, because a pool complains at length. */
  private static void requireAnswer(DatasourceConfiguration datasource) {
    Properties properties = new Properties();
    properties.putAll(datasource.getDataSourceProperties());
    Optional.ofNullable(datasource.getUsername())
        .ifPresent(user -> properties.setProperty("user", user));
    Optional.ofNullable(datasource.getPassword())
        .ifPresent(password -> properties.setProperty("password", password));
    try {
      DriverManager.getConnection(datasource.getUrl(), properties).close();
    } catch (SQLException e) {
      throw new StartRefused(DatasourceUrl.SETTING, reason(e));
    }
  }

  /** Never the driver's words: they may repeat the URL, and a password in it. */
  private static String reason(SQLException refusal) {
    return refusal.getErrorCode() == DATABASE_ALREADY_OPEN
        ? "another process holds this H2 file; one file serves one process"
        : "no connection, SQLSTATE "
            + refusal.getSQLState()
            + "; check it, the username, the password and the server";
  }
}
