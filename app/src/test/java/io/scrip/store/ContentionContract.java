package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What any store promises when many ask for the same at the same moment. */
abstract class ContentionContract extends StoreContract {
  private static final int WRITERS = 6;

  @Test
  void pitfall_08_one_of_many_gets_the_convergent_value() throws Exception {
    one_winner(samples -> samples.mapping().convergence("c"), Insertion.VALUE_TAKEN);
  }

  @Test
  void pitfall_08_one_of_many_gets_the_name() throws Exception {
    one_winner(samples -> samples.mapping().name("n"), Insertion.NAME_TAKEN);
  }

  @Test
  void pitfall_08_one_of_many_gets_the_origin() throws Exception {
    one_winner(samples -> samples.mapping().origin("o"), Insertion.ORIGIN_TAKEN);
  }

  @Test
  void pitfall_08_one_of_many_gets_the_token() throws Exception {
    one_winner(samples -> samples.mapping().token("t"), Insertion.TOKEN_TAKEN);
  }

  /** The same hundred values, in another order each: nobody ends up waiting in a circle. */
  @Test
  void writers_that_want_the_same_values_in_different_orders_do_not_lock_each_other_out()
      throws Exception {
    try (var other = Databases.again(database)) {
      List<List<Insertion>> outcomes =
          together(
              writer -> {
                var pool = writer % 2 == 0 ? database : other;
                return () -> pool.commit(tx -> pool.mappings().insert(tx, shuffled(writer)));
              });
      assertThat(outcomes.stream().flatMap(List::stream).filter(Insertion.DONE::equals))
          .hasSize(100);
    }
  }

  @Test
  void catalog_versions_are_given_out_once_each() throws Exception {
    List<Long> versions = together(_ -> () -> database.commit(tx -> database.catalog().bump(tx)));
    assertThat(versions).doesNotHaveDuplicates();
  }

  private void one_winner(Function<Samples, MappingBuilder> wanted, Insertion refusal)
      throws Exception {
    try (var other = Databases.again(database)) {
      List<Insertion> outcomes =
          together(
              writer -> {
                Mapping mapping = wanted.apply(new Samples(writer)).made();
                var pool = writer % 2 == 0 ? database : other;
                return () ->
                    pool.commit(tx -> pool.mappings().insert(tx, List.of(mapping))).getFirst();
              });
      assertThat(outcomes).containsOnlyOnce(Insertion.DONE);
      assertThat(Collections.frequency(outcomes, refusal)).isEqualTo(WRITERS - 1);
    }
  }

  private static List<Mapping> shuffled(int writer) {
    var samples = new Samples(writer);
    var mappings = new ArrayList<Mapping>();
    for (int value = 0; value < 100; value++) {
      mappings.add(samples.mapping().convergence("value " + value).made());
    }
    Collections.shuffle(mappings, new Random(writer));
    return mappings;
  }

  /** Runs what each writer does, all let go at once. */
  private static <T> List<T> together(Function<Integer, Callable<T>> work) throws Exception {
    var start = new CyclicBarrier(WRITERS);
    try (var threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<T>> running = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Callable<T> own = work.apply(writer);
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return own.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }
}
