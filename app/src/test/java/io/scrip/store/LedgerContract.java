package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.audit.TrailReader.Head;
import io.scrip.identity.Action;
import io.scrip.journal.Ledger;
import io.scrip.journal.LedgerException;
import io.scrip.vault.Mapping;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What any store promises about a group: all of it or nothing, and no word of what is in it. */
abstract class LedgerContract extends StoreContract {
  @Test
  void what_is_committed_is_seen_by_others() {
    Mapping mapping = samples.mapping().made();
    database.ledger().commit(tx -> mappings().insert(tx, List.of(mapping)));
    try (var other = Databases.again(database)) {
      int found =
          other.commit(tx -> other.mappings().findByToken(tx, Set.of(mapping.token())).size());
      assertThat(found).isEqualTo(1);
    }
  }

  @Test
  void pitfall_12_an_effect_whose_event_cannot_be_written_does_not_happen() {
    Mapping mapping = samples.mapping().made();
    ChainedEvent event = samples.event("c", 1, Samples.MADE, Action.TOKENIZE, mapping.token());
    append(event);
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                commit(
                    tx -> {
                      mappings().insert(tx, List.of(mapping));
                      database.ledger().append(tx, List.of(event), List.of());
                      return true;
                    }))
        .matches(e -> !e.outcomeUnknown());
    assertThat(found(mapping)).isEmpty();
  }

  @Test
  void a_failure_that_the_work_swallows_is_not_committed() {
    Mapping mapping = samples.mapping().made();
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(
            () ->
                commit(
                    tx -> {
                      mappings().insert(tx, List.of(mapping));
                      try {
                        return Sql.in(tx, "select * from nowhere").list(Row::results);
                      } catch (StoreFailure swallowed) {
                        return List.of();
                      }
                    }))
        .matches(e -> !e.outcomeUnknown());
    assertThat(found(mapping)).isEmpty();
  }

  @Test
  void an_exception_of_the_work_passes_as_it_is_and_undoes_everything() {
    Mapping mapping = samples.mapping().made();
    var own = new IllegalArgumentException("own");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                database
                    .ledger()
                    .commit(
                        tx -> {
                          mappings().insert(tx, List.of(mapping));
                          throw own;
                        }))
        .isSameAs(own);
    assertThat(found(mapping)).isEmpty();
  }

  @Test
  void an_error_of_the_work_undoes_everything_too() {
    Mapping mapping = samples.mapping().made();
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                database
                    .ledger()
                    .commit(
                        tx -> {
                          mappings().insert(tx, List.of(mapping));
                          throw new StackOverflowError();
                        }));
    assertThat(found(mapping)).isEmpty();
  }

  @Test
  void a_refusal_says_nothing_of_the_row() {
    ChainedEvent event =
        samples.event("canary-chain", 1, Samples.MADE, Action.TOKENIZE, Samples.digest("t"));
    append(event);
    var refusal = catchThrowableOfType(LedgerException.class, () -> append(event));
    var trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString())
        .contains("23505")
        .doesNotContain("canary", "clerk", "audit_events", Samples.digest("t").hex());
  }

  @Test
  void a_pool_that_is_closed_is_a_refusal_with_a_known_outcome() {
    var closed = Databases.again(database);
    closed.close();
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(() -> closed.commit(_ -> Optional.empty()))
        .matches(e -> !e.outcomeUnknown());
  }

  @Test
  void a_group_without_work_commits() {
    assertThat(database.ledger().<String>commit(_ -> "done")).isEqualTo("done");
  }

  @Test
  void chains_that_two_instances_open_have_two_numbers() throws Exception {
    append(opening("a"));
    try (var other = Databases.again(database)) {
      append(other, other.ledger(), opening("b"));
    }
    append(samples.event("b", 2, Samples.MADE, Action.LOOKUP, Samples.digest("t")));
    assertThat(
            database.ask(
                "select count(*) from scrip_audit.audit_events join scrip_audit.audit_chains on ordinal = chain"
                    + " where name = 'b'"))
        .isEqualTo("2");
    assertThat(database.ask("select count(distinct chain) from scrip_audit.audit_events"))
        .isEqualTo("2");
    assertThat(database.trail().heads()).extracting(Head::chain).containsExactly("a", "b");
  }

  @Test
  void a_chain_whose_opening_was_rolled_back_was_not_opened_and_leaves_the_next_alone() {
    Ledger ledger = database.ledger();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                commit(
                    tx -> {
                      ledger.append(tx, List.of(opening("a")), List.of());
                      throw new IllegalArgumentException();
                    }));
    append(database, ledger, opening("b"));
    append(
        database, ledger, samples.event("b", 2, Samples.MADE, Action.LOOKUP, Samples.digest("t")));
    assertThat(database.trail().heads())
        .extracting(Head::chain, Head::sequence)
        .containsExactly(tuple("b", 2L));
  }

  @Test
  void nothing_is_written_to_a_chain_that_was_not_opened() throws Exception {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> append(samples.event("x", 2, Samples.MADE, Action.LOOKUP, Samples.digest("t"))));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                commit(
                    tx -> {
                      var signed =
                          new Checkpoint("x", 2, Samples.MADE, new byte[32], "key-1", new byte[64]);
                      database.ledger().append(tx, List.of(), List.of(signed));
                      return true;
                    }));
    assertThat(database.ask("select count(*) from scrip_audit.audit_events")).isEqualTo("0");
  }

  private ChainedEvent opening(String chain) {
    return samples.event(chain, 1, Samples.MADE, Action.OPEN_CHAIN, Samples.digest("t"));
  }

  private static void append(TestDatabase database, Ledger ledger, ChainedEvent event) {
    database.commit(
        tx -> {
          ledger.append(tx, List.of(event), List.of());
          return true;
        });
  }
}
