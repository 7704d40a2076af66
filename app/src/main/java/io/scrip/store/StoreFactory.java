package io.scrip.store;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.scrip.audit.TrailReader;
import io.scrip.crypto.KeyTable;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import io.scrip.journal.Ledger;
import io.scrip.vault.CatalogStore;
import io.scrip.vault.ErasureStore;
import io.scrip.vault.IdempotencyStore;
import io.scrip.vault.MappingStore;
import io.scrip.vault.RekeyStore;
import io.scrip.vault.RotationStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Puts the ports on the datasource {@code default}. Whoever asks for a port first also has the
 * schema looked at.
 */
@Factory
final class StoreFactory {
  @Singleton
  @Bean(preDestroy = "close")
  Database database(
      Optional<DataSource> pool,
      Optional<DatasourceConfiguration> datasource,
      StoreConfig config,
      Stage stage) {
    String url =
        datasource
            .map(DatasourceConfiguration::getUrl)
            .orElseThrow(
                () -> new StartRefused(DatasourceUrl.SETTING, "names no database; use PostgreSQL"));
    Dialect dialect = DatasourceUrl.parse(url).dialect();
    var database = new Database(pool.orElseThrow(), dialect);
    boolean byDefault = stage == Stage.DEVELOPMENT || dialect == Dialect.H2;
    new Schema(database).require(config.migrate().orElse(byDefault));
    return database;
  }

  @Singleton
  Ledger ledger(Database database) {
    return new JdbcLedger(database);
  }

  @Singleton
  MappingStore mappings(Database database) {
    return new JdbcMappingStore(database.dialect());
  }

  @Singleton
  CatalogStore catalog(Database database) {
    return new JdbcCatalogStore(database.dialect());
  }

  @Singleton
  RotationStore rotations(Database database) {
    return new JdbcRotationStore(database.dialect());
  }

  @Singleton
  RekeyStore rekeys(Database database) {
    return new JdbcRekeyStore(database.dialect());
  }

  @Singleton
  ErasureStore erasures(Database database) {
    return new JdbcErasureStore();
  }

  @Singleton
  IdempotencyStore idempotency(Database database) {
    return new JdbcIdempotencyStore(database.dialect());
  }

  @Singleton
  KeyTable keys(Database database) {
    return new JdbcKeyTable(database);
  }

  @Singleton
  TrailReader trail(Database database) {
    return new JdbcTrailReader(database);
  }
}
