package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.StartRefused;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void an_empty_database_is_migrated_when_that_is_allowed(Dialect dialect) {
    try (var database = empty(dialect)) {
      var schema = new Schema(database.database());
      assertThat(schema.version()).isZero();
      schema.require(true);
      assertThat(schema.version()).isEqualTo(Schema.VERSION);
      assertThatCode(() -> schema.require(false)).doesNotThrowAnyException();
      assertThatCode(() -> schema.require(true)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_older_schema_is_refused_when_it_may_not_be_changed(Dialect dialect) {
    try (var database = empty(dialect)) {
      var schema = new Schema(database.database());
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> schema.require(false))
          .withMessageStartingWith("scrip.store.migrate: ")
          .withMessageContaining("scrip migrate");
      assertThat(schema.version()).as("nothing was made").isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_of_the_future_is_refused_and_left_alone(Dialect dialect) throws Exception {
    try (var database = empty(dialect)) {
      var schema = new Schema(database.database());
      schema.require(true);
      database.execute(
          """
          insert into scrip."flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
            "installed_by", "execution_time", "success")
          values (99, '%d', 'of the future', 'SQL', 'V9__.sql', 'someone', 1, true)
          """
              .formatted(Schema.VERSION + 1));
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> schema.require(true))
          .withMessageContaining("newer than this program");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_schema_that_another_script_made_is_refused_with_what_to_do(Dialect dialect)
      throws Exception {
    for (String change :
        List.of("\"checksum\" = \"checksum\" + 1", "\"script\" = 'V1__other.sql'")) {
      try (var database = empty(dialect)) {
        var schema = new Schema(database.database());
        schema.require(true);
        database.execute(
            "update scrip.\"flyway_schema_history\" set " + change + " where \"version\" = '1'");
        for (boolean migrate : new boolean[] {true, false}) {
          assertThatExceptionOfType(StartRefused.class)
              .isThrownBy(() -> schema.require(migrate))
              .withMessageStartingWith("datasources.default.url: ")
              .withMessageContaining("made by another V1__")
              .withMessageContaining("empty database");
        }
        database.execute(
            "drop schema scrip cascade; drop schema scrip_keys cascade; drop schema scrip_audit cascade");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_program_knows_its_newest_migration(Dialect dialect) throws Exception {
    String folder = dialect.migrations().replace("classpath:", "/");
    var files = new File(Objects.requireNonNull(getClass().getResource(folder)).toURI());
    int newest =
        Arrays.stream(Objects.requireNonNull(files.list()))
            .mapToInt(file -> Integer.parseInt(file.replaceFirst("V(\\d+)__.*", "$1")))
            .max()
            .orElseThrow();
    assertThat(newest).isEqualTo(Schema.VERSION);
  }

  @Test
  void two_instances_may_start_on_an_empty_server_at_once() throws Exception {
    try (var database = Databases.emptyPostgres();
        var other = Databases.again(database)) {
      var first = Thread.ofPlatform().start(() -> new Schema(database.database()).require(true));
      new Schema(other.database()).require(true);
      first.join();
      assertThat(new Schema(database.database()).version()).isEqualTo(Schema.VERSION);
      assertThat(database.ask("select count(*) from scrip.catalog")).isEqualTo("1");
    }
  }

  private TestDatabase empty(Dialect dialect) {
    return switch (dialect) {
      case H2 -> Databases.emptyH2File(folder);
      case POSTGRESQL -> Databases.emptyPostgres();
    };
  }
}
