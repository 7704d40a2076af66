package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.scrip.audit.TrailReader;
import io.scrip.crypto.KeyTable;
import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import io.scrip.journal.Ledger;
import io.scrip.vault.CatalogStore;
import io.scrip.vault.IdempotencyStore;
import io.scrip.vault.MappingStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beans, as Micronaut puts them together from a configuration. */
class StoreWiringTest {
  @TempDir Path folder;

  @Test
  void a_plain_h2_url_is_enough_in_development() throws Exception {
    try (var context = start(Stage.DEVELOPMENT, h2Url(), Map.of())) {
      long version =
          context
              .getBean(Ledger.class)
              .commit(tx -> context.getBean(CatalogStore.class).version(tx));
      assertThat(version).isEqualTo(1);
      assertThat(
              Stream.of(
                  MappingStore.class, IdempotencyStore.class, KeyTable.class, TrailReader.class))
          .allMatch(context::containsBean);
    }
    assertThat(Files.exists(file())).isTrue();
  }

  @Test
  void a_stopped_h2_leaves_a_file_that_the_next_start_reads() {
    try (var context = start(Stage.DEVELOPMENT, h2Url(), Map.of())) {
      context.getBean(Ledger.class).commit(tx -> context.getBean(CatalogStore.class).bump(tx));
    }
    try (var context = start(Stage.PRODUCTION, h2Url(), Map.of("scrip.store.allow-h2", true))) {
      long version =
          context
              .getBean(Ledger.class)
              .commit(tx -> context.getBean(CatalogStore.class).version(tx));
      assertThat(version).isEqualTo(2);
    }
  }

  @Test
  void pitfall_22_a_refused_h2_leaves_no_file() {
    Throwable refusal =
        catchThrowable(
            () -> {
              try (var context = start(Stage.PRODUCTION, h2Url(), Map.of())) {
                context.getBean(DataSource.class);
              }
            });
    assertThat(refused(refusal).getMessage()).startsWith("scrip.store.allow-h2: ");
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void an_empty_postgresql_is_not_migrated_in_production_unless_told_to() throws Exception {
    try (var database = Databases.emptyPostgres()) {
      String url = Databases.postgresUrl(database);
      Throwable refusal =
          catchThrowable(
              () -> {
                try (var context = start(Stage.PRODUCTION, url, Map.of())) {
                  context.getBean(Ledger.class);
                }
              });
      assertThat(refused(refusal).getMessage()).contains("scrip migrate");
      try (var context = start(Stage.PRODUCTION, url, Map.of("scrip.store.migrate", true))) {
        context.getBean(Ledger.class);
      }
      try (var context = start(Stage.PRODUCTION, url, Map.of())) {
        assertThat(context.getBean(TrailReader.class).heads()).isEmpty();
      }
    }
  }

  /** In development, on the H2 file of that folder. */
  static void startOn(Path folder) {
    try (var context =
        start(Stage.DEVELOPMENT, "jdbc:h2:file:" + folder.resolve("vault"), Map.of())) {
      context.getBean(Ledger.class);
    }
  }

  private static ApplicationContext start(Stage stage, String url, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("scrip.command", "test"); // nothing of the service starts
    settings.put("datasources.default.url", url);
    settings.put("datasources.default.username", url.startsWith("jdbc:h2") ? "sa" : "postgres");
    settings.put("datasources.default.password", "");
    return ApplicationContext.builder()
        .propertySources(PropertySource.of("test", settings))
        .singletons(stage)
        .start();
  }

  private String h2Url() {
    return "jdbc:h2:file:" + folder.resolve("vault");
  }

  private Path file() {
    return folder.resolve("vault.mv.db");
  }

  private static StartRefused refused(Throwable failure) {
    return Stream.iterate(failure, java.util.Objects::nonNull, Throwable::getCause)
        .filter(StartRefused.class::isInstance)
        .map(StartRefused.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("not refused", failure));
  }
}
