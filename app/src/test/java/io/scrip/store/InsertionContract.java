package io.scrip.store;

import static io.scrip.vault.Insertion.DONE;
import static io.scrip.vault.Insertion.NAME_TAKEN;
import static io.scrip.vault.Insertion.ORIGIN_TAKEN;
import static io.scrip.vault.Insertion.TOKEN_TAKEN;
import static io.scrip.vault.Insertion.VALUE_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.TenantId;
import io.scrip.journal.LedgerException;
import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import io.scrip.vault.StoredMapping.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What any store promises about putting mappings in. */
abstract class InsertionContract extends StoreContract {
  @Test
  void a_mapping_comes_back_as_it_went_in() {
    Mapping full =
        samples
            .mapping()
            .tenant("tenant 😀 ü")
            .name("n")
            .subject("s")
            .value("v")
            .convergence("v")
            .origin("o")
            .template("card 💳")
            .expiresAt(Instant.parse("2999-12-31T23:59:59.999999Z"))
            .made();
    assertThat(insert(full)).containsExactly(DONE);
    assertThat(find(full).state()).isEqualTo(State.LIVE);
    assertThat(find(full).mapping()).usingRecursiveComparison().isEqualTo(full);
  }

  @Test
  void absent_parts_stay_absent_beside_rows_that_have_them() {
    Mapping bare = samples.mapping().made();
    Mapping full = samples.mapping().name("n").subject("s").convergence("c").origin("o").made();
    Mapping bareToo = samples.mapping().made();
    assertThat(insert(bare, full, bareToo)).containsOnly(DONE);
    for (Mapping mapping : List.of(bare, full, bareToo)) {
      assertThat(find(mapping).mapping()).usingRecursiveComparison().isEqualTo(mapping);
    }
  }

  @Test
  void sealed_records_of_64_kib_and_of_one_byte_come_back_to_the_byte() {
    Mapping large = samples.mapping().sealed(samples.bytes(65_536 + 512)).made();
    Mapping small = samples.mapping().sealed(new byte[] {0}).made();
    insert(large, small);
    assertThat(find(large).mapping().sealed()).isEqualTo(large.sealed());
    assertThat(find(small).mapping().sealed()).isEqualTo(small.sealed());
  }

  @Test
  void an_empty_list_has_an_empty_answer() {
    assertThat(insert()).isEmpty();
  }

  @Test
  void pitfall_08_each_thing_that_is_taken_is_named() {
    insert(samples.mapping().token("t").name("n").convergence("c").origin("o").made());
    assertThat(
            insert(
                samples.mapping().made(),
                samples.mapping().token("t").made(),
                samples.mapping().name("n").made(),
                samples.mapping().convergence("c").made(),
                samples.mapping().origin("o").made()))
        .containsExactly(DONE, TOKEN_TAKEN, NAME_TAKEN, VALUE_TAKEN, ORIGIN_TAKEN);
  }

  @Test
  void pitfall_08_of_several_reasons_the_most_useful_is_told() {
    insert(samples.mapping().token("t").name("n").convergence("c").origin("o").made());
    assertThat(
            insert(
                samples.mapping().token("t").name("n").convergence("c").origin("o").made(),
                samples.mapping().token("t").name("n").convergence("c").made(),
                samples.mapping().token("t").name("n").made()))
        .containsExactly(ORIGIN_TAKEN, VALUE_TAKEN, NAME_TAKEN);
  }

  @Test
  void pitfall_08_the_earlier_one_of_a_list_wins_whatever_they_both_want() {
    for (int round = 0; round < 20; round++) {
      int unique = round;
      assertThat(
              insert(
                  samples.mapping().token("t" + unique).made(),
                  samples.mapping().token("t" + unique).made(),
                  samples.mapping().name("n" + unique).made(),
                  samples.mapping().name("n" + unique).made(),
                  samples.mapping().convergence("c" + unique).made(),
                  samples.mapping().convergence("c" + unique).made(),
                  samples.mapping().origin("o" + unique).made(),
                  samples.mapping().origin("o" + unique).made()))
          .containsExactly(
              DONE, TOKEN_TAKEN, DONE, NAME_TAKEN, DONE, VALUE_TAKEN, DONE, ORIGIN_TAKEN);
    }
  }

  @Test
  void rows_tied_together_in_several_ways_are_still_taken_in_order() {
    assertThat(
            insert(
                samples.mapping().name("n1").made(),
                samples.mapping().convergence("c1").made(),
                samples.mapping().name("n1").convergence("c1").made(),
                samples.mapping().convergence("c2").name("n1").made()))
        .containsExactly(DONE, DONE, VALUE_TAKEN, NAME_TAKEN);
  }

  /** A law: what a list leaves behind is what inserting its rows one after another would leave. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_list_is_inserted_as_if_one_by_one(long seed) {
    List<Mapping> list = colliding(new Random(seed), new Samples(seed));
    List<Insertion> outcomes = commit(tx -> mappings().insert(tx, list));
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      List<String> wanted = wanted(list.get(i));
      boolean free = wanted.stream().noneMatch(taken::contains);
      assertThat(outcomes.get(i) == DONE).as("seed %d, row %d", seed, i).isEqualTo(free);
      if (free) {
        taken.addAll(wanted);
      }
    }
  }

  @Test
  void five_hundred_rows_go_in_at_once() {
    List<Mapping> many = Stream.generate(() -> samples.mapping().made()).limit(500).toList();
    assertThat(insert(many.toArray(Mapping[]::new))).hasSize(500).containsOnly(DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; drop table scrip.tokens; --",
        "\" or 1=1",
        "a\\'b",
        "$$x$$",
        "{a,\"b\",NULL}",
        "null",
        "%s?:x"
      })
  void sql_in_a_name_is_a_name(String hostile) {
    Mapping mapping = inserted(samples.mapping().tenant(hostile).template(hostile));
    assertThat(find(mapping).mapping().tenant()).isEqualTo(new TenantId(hostile));
    assertThat(find(mapping).mapping().template()).isEqualTo(hostile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "lone \uD83D surrogate", "\uDE00", "end\uD83D"})
  void text_that_would_come_back_changed_is_refused(String unstorable) {
    Mapping mapping = samples.mapping().template(unstorable).made();
    assertThatExceptionOfType(LedgerException.class)
        .isThrownBy(() -> insert(mapping))
        .matches(e -> !e.outcomeUnknown());
  }

  private static List<Mapping> colliding(Random random, Samples samples) {
    List<Mapping> list = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      MappingBuilder mapping = samples.mapping().token("t" + random.nextInt(200));
      mapping = random.nextBoolean() ? mapping.name("n" + random.nextInt(40)) : mapping;
      mapping = random.nextBoolean() ? mapping.convergence("c" + random.nextInt(40)) : mapping;
      mapping = random.nextBoolean() ? mapping.origin("o" + random.nextInt(40)) : mapping;
      list.add(mapping.made());
    }
    return list;
  }

  private static List<String> wanted(Mapping mapping) {
    return Stream.of(
            Stream.of("token" + mapping.token()),
            mapping.name().stream().map(digest -> "name" + digest),
            mapping.convergence().stream().map(digest -> "convergence" + digest),
            mapping.origin().stream().map(digest -> "origin" + digest))
        .flatMap(part -> part)
        .toList();
  }
}
