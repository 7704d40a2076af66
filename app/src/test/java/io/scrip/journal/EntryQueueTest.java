package io.scrip.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole batches in, groups out, in order. */
class EntryQueueTest {
  private final EntryQueue queue = new EntryQueue(10);

  @Test
  void entries_come_out_in_the_order_they_went_in() {
    queue.putAll(entries("a", "b"));
    queue.putAll(entries("c"));
    assertThat(take(10)).containsExactly("a", "b", "c");
  }

  @Test
  void a_group_is_no_larger_than_it_may_be_and_the_rest_waits() {
    queue.putAll(entries("a", "b", "c"));
    assertThat(take(2)).containsExactly("a", "b");
    assertThat(queue.size()).isEqualTo(1);
    assertThat(take(2)).containsExactly("c");
  }

  @Test
  void a_batch_that_does_not_fit_leaves_nothing_behind() {
    queue.putAll(entries("a"));
    assertThatExceptionOfType(JournalException.Overloaded.class)
        .isThrownBy(() -> queue.putAll(entries(names(10))));
    assertThat(queue.size()).isEqualTo(1);
    queue.putAll(entries(names(9)));
    assertThat(queue.size()).isEqualTo(10);
  }

  @Test
  void a_full_queue_refuses_even_one() {
    queue.putAll(entries(names(10)));
    assertThatExceptionOfType(JournalException.Overloaded.class)
        .isThrownBy(() -> queue.putAll(entries("x")));
  }

  @Test
  void a_batch_larger_than_the_whole_queue_is_taken_when_nothing_waits() {
    queue.putAll(entries(names(25)));
    assertThat(queue.size()).isEqualTo(25);
    assertThatExceptionOfType(JournalException.Overloaded.class)
        .isThrownBy(() -> queue.putAll(entries("x")));
  }

  @Test
  void an_empty_batch_is_no_entry() {
    queue.putAll(List.of());
    assertThat(queue.size()).isZero();
  }

  @Test
  void patience_runs_out_on_an_empty_queue() {
    assertThat(take(10)).isEmpty();
  }

  @Test
  void a_closed_queue_takes_nothing_more_and_gives_out_what_is_left() {
    queue.putAll(entries("a", "b"));
    queue.close();
    assertThatExceptionOfType(JournalException.Closed.class)
        .isThrownBy(() -> queue.putAll(entries("c")));
    assertThat(queue.isDrained()).isFalse();
    assertThat(take(1)).containsExactly("a");
    assertThat(queue.isDrained()).isFalse();
    assertThat(take(1)).containsExactly("b");
    assertThat(queue.isDrained()).isTrue();
    assertThat(take(1)).isEmpty();
  }

  @Test
  void an_open_queue_is_not_drained_however_empty() {
    assertThat(queue.isDrained()).isFalse();
  }

  @Test
  void who_waits_is_woken_by_an_entry() throws Exception {
    CompletableFuture<List<String>> taken = takingInTheBackground();
    queue.putAll(entries("a"));
    assertThat(taken.get(1, TimeUnit.MINUTES)).containsExactly("a");
  }

  @Test
  void all_who_wait_are_woken_by_closing() throws Exception {
    var first = takingInTheBackground();
    var second = takingInTheBackground();
    queue.close();
    assertThat(first.get(1, TimeUnit.MINUTES)).isEmpty();
    assertThat(second.get(1, TimeUnit.MINUTES)).isEmpty();
  }

  @Test
  void a_batch_for_two_groups_wakes_two() throws Exception {
    var first = takingInTheBackground();
    var second = takingInTheBackground();
    List<String> batch = names(4);
    queue.putAll(entries(batch));
    List<String> both = new ArrayList<>(first.get(1, TimeUnit.MINUTES));
    both.addAll(second.get(1, TimeUnit.MINUTES));
    assertThat(both).containsExactlyInAnyOrderElementsOf(batch);
  }

  @Test
  void a_few_wait_until_the_group_before_them_is_done() throws Exception {
    queue.putAll(entries("a", "b", "c"));
    assertThat(take(3)).containsExactly("a", "b", "c");
    var next = takingInTheBackground();
    queue.putAll(entries("d"));
    queue.putAll(entries("e"));
    queue.done(3);
    assertThat(next.get(1, TimeUnit.MINUTES)).as("one group, not two").containsExactly("d", "e");
  }

  @Test
  void as_many_as_are_under_way_wait_no_longer() throws Exception {
    queue.putAll(entries("a", "b"));
    assertThat(take(2)).containsExactly("a", "b");
    var next = takingInTheBackground();
    queue.putAll(entries("c"));
    queue.putAll(entries("d"));
    assertThat(next.get(1, TimeUnit.MINUTES))
        .as("before the first is done")
        .containsExactly("c", "d");
  }

  @Test
  void those_of_every_group_under_way_are_counted_until_it_is_done() throws Exception {
    queue.putAll(entries("a"));
    assertThat(take(1)).containsExactly("a");
    queue.putAll(entries("b"));
    assertThat(take(1)).containsExactly("b");
    var next = takingInTheBackground();
    queue.putAll(entries("c"));
    queue.putAll(entries("d"));
    assertThat(next.get(1, TimeUnit.MINUTES)).containsExactly("c", "d");
    queue.done(1);
    queue.done(1);
    queue.done(2);
    queue.putAll(entries("e"));
    assertThat(take(1, Entries.PATIENCE)).as("nothing is under way").containsExactly("e");
  }

  @Test
  void no_one_waits_for_ever_for_a_group_that_is_never_done() {
    queue.putAll(entries("a", "b"));
    assertThat(take(2)).containsExactly("a", "b");
    queue.putAll(entries("c"));
    assertThat(take(2, Duration.ofMillis(1))).containsExactly("c");
  }

  /** A law: the queue is a plain list with two rules, whatever is done to it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void it_behaves_like_its_model(long seed) {
    Random random = new Random(seed);
    ArrayDeque<String> model = new ArrayDeque<>();
    for (int i = 0; i < 2_000; i++) {
      if (random.nextBoolean()) {
        List<String> batch = names(random.nextInt(14));
        boolean fits = model.isEmpty() || model.size() + batch.size() <= 10;
        assertThat(isTaken(batch)).as("seed %d, step %d", seed, i).isEqualTo(fits);
        model.addAll(fits ? batch : List.of());
      } else {
        List<String> taken = take(1 + random.nextInt(6));
        taken.forEach(name -> assertThat(name).as("seed %d", seed).isEqualTo(model.poll()));
      }
      assertThat(queue.size()).as("seed %d, step %d", seed, i).isEqualTo(model.size());
    }
  }

  private boolean isTaken(List<String> batch) {
    try {
      queue.putAll(entries(batch));
      return true;
    } catch (JournalException.Overloaded _) {
      return false;
    }
  }

  private CompletableFuture<List<String>> takingInTheBackground() {
    return takingInTheBackground(2);
  }

  private CompletableFuture<List<String>> takingInTheBackground(int max) {
    return CompletableFuture.supplyAsync(
        () -> take(max, Entries.PATIENCE), Thread::startVirtualThread);
  }

  private List<String> take(int max) {
    return take(max, Duration.ZERO);
  }

  private List<String> take(int max, Duration patience) {
    try {
      return queue.take(max, patience).stream().map(entry -> entry.item().toString()).toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(int count) {
    return Entries.names(count);
  }

  private static List<Entry<String, String>> entries(String... names) {
    return entries(List.of(names));
  }

  private static List<Entry<String, String>> entries(List<String> names) {
    return names.stream().map(name -> Entry.of(Entries.ECHO, name, Runnable::run)).toList();
  }
}
