package io.scrip.store;

import io.scrip.identity.StartRefused;
import io.scrip.journal.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables, and whether they are those that this program knows. Looks before it calls Flyway,
 * which takes half a second to find that there is nothing to do.
 */
final class Schema {
  /** The newest migration under {@code db/migration}. */
  static final int VERSION = 1;

  /** SQLSTATE of PostgreSQL: insufficient privilege. */
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** Where Flyway keeps its history. */
  private static final String HOME = "scrip";

  private final Database database;

  Schema(Database database) {
    this.database = database;
  }

  /**
   * Makes sure of the tables.
   *
   * @param migrate whether an older schema may be brought up to date
   * @throws StartRefused when the schema is newer than the program, older and not to be changed, or
   *     made by other scripts than the program's
   */
  void require(boolean migrate) {
    int found = version();
    if (found > VERSION) {
      throw new StartRefused(
          DatasourceUrl.SETTING,
          "the schema is at version %d, newer than this program, which knows %d; run a newer release"
              .formatted(found, VERSION));
    }
    if (found > 0) {
      database.read(this::foreign).stream().findFirst().ifPresent(Schema::refuse);
    }
    if (found < VERSION && !migrate) {
      throw new StartRefused(
          "scrip.store.migrate",
          "the schema is at version %d of %d; run `scrip migrate` as its owner, or set this to true"
              .formatted(found, VERSION));
    }
    if (found < VERSION) {
      migrate();
    }
  }

  /** 0 for an empty database. */
  int version() {
    return database.read(tx -> hasHistory(tx) ? newest(tx) : 0);
  }

  /** A script that was changed after it made tables; released ones never are. */
  private static void refuse(String script) {
    throw new StartRefused(
        DatasourceUrl.SETTING,
        "the tables were made by another %s than this program's, one from before its release; give it an empty database, or run the program that made them"
            .formatted(script));
  }

  private void migrate() {
    try {
      Flyway.configure()
          .dataSource(database.pool())
          .locations(database.dialect().migrations())
          .defaultSchema(HOME)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw refused(e);
    }
  }

  /**
   * A role without the right to change tables is the likeliest cause, and one that the operator can
   * mend.
   */
  private static RuntimeException refused(FlywayException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(Schema::isWithoutRight)
        ? new StartRefused(
            "datasources.default.username",
            "this role may not change the schema; migrate as its owner")
        : failure;
  }

  private static boolean isWithoutRight(Throwable cause) {
    return cause instanceof SQLException refusal
        && INSUFFICIENT_PRIVILEGE.equals(refusal.getSQLState());
  }

  private static boolean hasHistory(Transaction tx) {
    String select =
        "select 1 from information_schema.tables where table_schema = ? and table_name = ?";
    return Sql.in(tx, select).text(HOME).text("flyway_schema_history").first(_ -> true).isPresent();
  }

  /** The scripts that were run here and are not those of this program. */
  private List<String> foreign(Transaction tx) {
    String select =
        """
        select "script", "checksum" from scrip."flyway_schema_history"
        where "success" and "version" is not null order by "installed_rank"
        """;
    return Sql.in(tx, select).list(this::foreign).stream().flatMap(Optional::stream).toList();
  }

  private Optional<String> foreign(Row row) throws SQLException {
    String script = row.text("script");
    var known = MigrationFile.checksum(database.dialect(), script);
    return known.equals(OptionalInt.of(row.integer("checksum")))
        ? Optional.empty()
        : Optional.of(script);
  }

  private static int newest(Transaction tx) {
    String select =
        """
        select coalesce(max(cast("version" as integer)), 0) as newest
        from scrip."flyway_schema_history" where "success" and "version" is not null
        """;
    return Sql.in(tx, select).only(row -> row.integer("newest"));
  }
}
