package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.journal.LedgerException;
import io.scrip.vault.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a group when PostgreSQL goes away, and how its statements are planned. */
class PostgresLedgerTest extends StoreContract {
  @Override
  TestDatabase open() {
    return Databases.postgres();
  }

  @Test
  void a_connection_that_breaks_within_the_work_leaves_a_known_outcome() {
    Mapping mapping = samples.mapping().made();
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                database.commit(
                    tx -> {
                      database.terminate(TestDatabase.backend(tx));
                      return database.mappings().insert(tx, List.of(mapping));
                    }))
        .matches(e -> !e.outcomeUnknown());
  }

  @Test
  void a_connection_that_breaks_at_the_commit_leaves_an_unknown_outcome() {
    Mapping mapping = samples.mapping().made();
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                database.commit(
                    tx -> {
                      database.mappings().insert(tx, List.of(mapping));
                      database.terminate(TestDatabase.backend(tx));
                      return true;
                    }))
        .matches(LedgerException::outcomeUnknown);
  }

  @Test
  void a_constraint_that_fails_at_the_commit_leaves_a_known_outcome() throws Exception {
    try (var own = Databases.emptyPostgres()) {
      own.execute("create table late (x integer unique deferrable initially deferred)");
      assertThatExceptionOfType(LedgerException.class)
          .isThrownBy(
              () -> own.commit(tx -> Sql.in(tx, "insert into late values (1), (1)").change()))
          .matches(e -> !e.outcomeUnknown());
    }
  }

  @Test
  void the_database_works_again_after_its_connections_were_cut() {
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                database.commit(
                    tx -> {
                      database.terminate(TestDatabase.backend(tx));
                      return true;
                    }));
    long version = database.commit(tx -> database.catalog().version(tx));
    assertThat(version).isEqualTo(1);
  }

  /**
   * A plan that is made once and kept, made while the table is empty: the worst that can happen.
   */
  @ParameterizedTest
  @ValueSource(strings = {"token", "name", "convergence", "origin", "record"})
  void a_finder_uses_its_index_also_when_planned_on_an_empty_table(String column) {
    String find =
        "prepare finder as select sealed from scrip.tokens where %s = any($1)".formatted(column);
    List<String> plan =
        database.commit(
            tx -> {
              Sql.in(tx, "set local plan_cache_mode = force_generic_plan").change();
              Sql.in(tx, find).change();
              return Sql.in(tx, "explain execute finder(null)").list(row -> row.text("QUERY PLAN"));
            });
    assertThat(plan.toString())
        .contains("tokens_" + column, "Index Cond: (" + column)
        .doesNotContain("Seq Scan");
  }
}
