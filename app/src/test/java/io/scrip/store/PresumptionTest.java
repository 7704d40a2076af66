package io.scrip.store;

import static io.scrip.vault.Insertion.DONE;
import static io.scrip.vault.Insertion.TOKEN_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.scrip.audit.ChainedEvent;
import io.scrip.identity.Action;
import io.scrip.journal.LedgerException;
import io.scrip.journal.Transaction;
import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * On PostgreSQL a group is first written in one message, as if nothing stood in its way; what
 * happens when something does.
 */
class PresumptionTest extends StoreContract {
  private final AtomicInteger runs = new AtomicInteger();

  @Override
  TestDatabase open() {
    return Databases.postgres();
  }

  @Test
  void what_nothing_stands_in_the_way_of_is_run_once() {
    Mapping mapping = samples.mapping().made();
    List<Insertion> results = repeatably(tx -> insertUnder(tx, 1, mapping));
    assertThat(results).containsExactly(DONE);
    assertThat(runs).hasValue(1);
    assertThat(found(mapping)).isPresent();
  }

  @Test
  void a_catalog_that_has_moved_on_undoes_what_was_presumed_of_it() {
    Mapping mapping = samples.mapping().made();
    boolean presumed =
        repeatably(
            tx -> {
              boolean still = database.catalog().isStillHeld(tx, 0);
              if (still) {
                database.mappings().insert(tx, List.of(mapping));
              }
              return still;
            });
    assertThat(presumed).isFalse();
    assertThat(runs).hasValue(2);
    assertThat(found(mapping)).as("written by the first run").isEmpty();
  }

  @Test
  void work_that_fails_of_what_it_presumed_is_run_again() {
    boolean held =
        repeatably(
            tx -> {
              if (database.catalog().isStillHeld(tx, 0)) {
                throw new IllegalStateException("built on a catalog that is old");
              }
              return true;
            });
    assertThat(held).isTrue();
    assertThat(runs).hasValue(2);
  }

  @Test
  void work_that_fails_of_itself_is_not_and_leaves_nothing() {
    Mapping mapping = samples.mapping().made();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                repeatably(
                    tx -> {
                      insertUnder(tx, 1, mapping);
                      throw new IllegalStateException("its own");
                    }))
        .withMessage("its own");
    assertThat(runs).hasValue(1);
    assertThat(found(mapping)).isEmpty();
  }

  @Test
  void what_collides_is_told_so_and_the_rest_is_written() {
    insert(samples.mapping().token("taken").made());
    Mapping free = samples.mapping().made();
    Mapping late = samples.mapping().token("taken").made();
    List<Insertion> results = repeatably(tx -> insertUnder(tx, 1, free, late));
    assertThat(results).containsExactly(DONE, TOKEN_TAKEN);
    assertThat(runs).hasValue(2);
    assertThat(found(free)).isPresent();
  }

  @Test
  void after_a_collision_the_next_are_written_with_care_at_once() {
    insert(samples.mapping().token("taken").made());
    repeatably(tx -> insertUnder(tx, 1, samples.mapping().token("taken").made()));
    runs.set(0);
    repeatably(tx -> insertUnder(tx, 1, samples.mapping().token("taken").made()));
    assertThat(runs).hasValue(1);
  }

  @Test
  void an_event_that_cannot_be_written_takes_the_row_with_it() {
    Mapping mapping = samples.mapping().made();
    ChainedEvent event = samples.event("c", 1, Samples.MADE, Action.TOKENIZE, mapping.token());
    append(event);
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                repeatably(
                    tx -> {
                      insertUnder(tx, 1, mapping);
                      database.ledger().append(tx, List.of(event), List.of());
                      return true;
                    }))
        .matches(e -> !e.outcomeUnknown());
    assertThat(found(mapping)).isEmpty();
  }

  @Test
  void a_text_that_no_column_holds_leaves_a_known_outcome() {
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                repeatably(
                    tx -> {
                      Sql.in(tx, "select cast(? as integer)").text("no number").later();
                      return true;
                    }))
        .matches(e -> !e.outcomeUnknown());
    assertThat(runs).as("it is no presumption that was wrong").hasValue(1);
  }

  @Test
  void a_statement_behind_others_has_its_own_answer_and_its_own_parameters() {
    List<Long> answers =
        repeatably(
            tx -> {
              Sql.in(tx, "select cast(? as bigint)").number(1).later();
              Sql.in(tx, "update scrip.catalog set version = version + ?").number(0).later();
              return Sql.in(tx, "select cast(? as bigint) as x").number(2).list(r -> r.number("x"));
            });
    assertThat(answers).containsExactly(2L);
  }

  @Test
  void a_count_behind_others_is_its_own() {
    int changed =
        repeatably(
            tx -> {
              Sql.in(tx, "select 1 union all select 2 union all select 3").later();
              return Sql.in(tx, "update scrip.catalog set version = version + 0").change();
            });
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void a_connection_that_breaks_before_the_one_message_leaves_an_unknown_outcome() {
    Mapping mapping = samples.mapping().made();
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                repeatably(
                    tx -> {
                      int backend = TestDatabase.backend(tx);
                      insertUnder(tx, 1, mapping);
                      database.terminate(backend);
                      return true;
                    }))
        .matches(LedgerException::outcomeUnknown);
    assertThat(runs).hasValue(1);
  }

  private <T> T repeatably(Function<Transaction, T> work) {
    return database
        .ledger()
        .commitRepeatable(
            tx -> {
              runs.incrementAndGet();
              return work.apply(tx);
            });
  }

  private List<Insertion> insertUnder(Transaction tx, long version, Mapping... mappings) {
    assertThat(database.catalog().isStillHeld(tx, version)).isTrue();
    return database.mappings().insert(tx, List.of(mappings));
  }
}
