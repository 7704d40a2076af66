package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.AT_ONCE;
import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.custody;
import static io.scrip.crypto.TestKeys.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.crypto.SealingKeys.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SealingKeysTest {
  private final InMemoryKeyTable table = new InMemoryKeyTable();
  private final ManualClock clock = new ManualClock();

  /** Work for the background that waits until the test does it. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private SealingKeys keys(DataKeyLimits limits, Executor background) {
    var kek = TestKeys.kek(table, custody(), clock);
    var dataKeys = new DataKeys(table, kek, "node", RANDOM, clock);
    return new SealingKeys(
        () -> TestKeys.make(dataKeys), limits, clock, background, Duration.ofSeconds(30));
  }

  private static Turn turn(SealingKeys keys) {
    Turn turn = keys.next(10);
    turn.key().letGo();
    return turn;
  }

  @Test
  void no_nonce_is_handed_out_twice_by_sixteen_threads_across_roll_overs() throws Exception {
    SealingKeys keys = keys(records(1_000), Thread::startVirtualThread);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      workers.add(
          () -> {
            int twice = 0;
            for (int j = 0; j < 2_000; j++) {
              Turn turn = turn(keys);
              twice += seen.add(turn.key().id() + "/" + turn.counter()) ? 0 : 1;
            }
            return twice;
          });
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var worker : threads.invokeAll(workers)) {
        assertThat(worker.get()).isZero();
      }
    }
    assertThat(seen).hasSize(32_000).allMatch(turn -> counter(turn) < 1_000);
    assertThat(table.dataKeyCount()).isGreaterThanOrEqualTo(32);
  }

  private static long counter(String turn) {
    return Long.parseLong(turn.substring(turn.indexOf('/') + 1));
  }

  @Test
  void a_count_that_is_used_up_ends_the_epoch_and_wipes_its_key() {
    SealingKeys keys = keys(records(16), waiting::add);
    Turn first = turn(keys);
    for (int i = 1; i < 16; i++) {
      assertThat(turn(keys).key()).isSameAs(first.key());
    }
    assertThat(first.key().isWiped()).isFalse();
    Turn next = turn(keys);
    assertThat(next.key().id()).isNotEqualTo(first.key().id());
    assertThat(next.counter()).isZero();
    assertThat(first.key().isWiped()).isTrue();
  }

  @Test
  void a_size_that_is_used_up_ends_the_epoch() {
    var limits = new DataKeyLimits(1_000, DataKeyLimits.LEAST_BYTES, Duration.ofHours(1));
    SealingKeys keys = keys(limits, waiting::add);
    int half = (int) DataKeyLimits.LEAST_BYTES / 2;
    Turn first = keys.next(half);
    Turn second = keys.next(half);
    Turn third = keys.next(1);
    assertThat(second.key()).isSameAs(first.key());
    assertThat(third.key()).isNotSameAs(first.key());
  }

  @Test
  void an_age_that_is_reached_ends_the_epoch() {
    SealingKeys keys = keys(new DataKeyLimits(1_000, 1L << 30, Duration.ofHours(1)), waiting::add);
    Turn first = turn(keys);
    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(turn(keys).key()).isSameAs(first.key());
    clock.advance(Duration.ofMillis(1));
    assertThat(turn(keys).key()).isNotSameAs(first.key());
    assertThat(first.key().isWiped()).isTrue();
  }

  @Test
  void sealing_goes_on_under_the_old_key_while_its_successor_is_made() {
    SealingKeys keys = keys(records(16), waiting::add);
    Turn first = turn(keys);
    for (int i = 1; i < 15; i++) {
      turn(keys);
    }
    assertThat(waiting).hasSize(1);
    assertThat(turn(keys).key()).isSameAs(first.key());
    waiting.remove().run();
    assertThat(turn(keys).key()).isNotSameAs(first.key());
    assertThat(table.dataKeyCount()).isEqualTo(2);
  }

  @Test
  void a_late_successor_of_an_epoch_that_is_over_makes_no_key() {
    SealingKeys keys = keys(records(16), waiting::add);
    for (int i = 0; i < 17; i++) {
      turn(keys);
    }
    assertThat(table.dataKeyCount()).isEqualTo(2);
    waiting.remove().run();
    assertThat(table.dataKeyCount()).isEqualTo(2);
  }

  @Test
  void a_table_that_is_away_stops_nobody_until_the_key_is_used_up() {
    SealingKeys keys = keys(records(16), AT_ONCE);
    Turn first = turn(keys);
    table.goAway(true);
    for (int i = 1; i < 16; i++) {
      assertThat(turn(keys).key()).isSameAs(first.key());
    }
    assertThatThrownBy(() -> turn(keys)).isInstanceOf(KeyServiceUnavailable.class);
    table.goAway(false);
    assertThat(turn(keys).key()).isNotSameAs(first.key());
  }

  @Test
  void a_successor_that_failed_is_tried_again_after_a_while() {
    SealingKeys keys = keys(records(1_000), AT_ONCE);
    Turn first = turn(keys);
    clock.advance(Duration.ofHours(22));
    table.goAway(true);
    turn(keys);
    table.goAway(false);
    assertThat(turn(keys).key()).isSameAs(first.key());
    clock.advance(Duration.ofSeconds(1));
    turn(keys);
    assertThat(turn(keys).key()).isNotSameAs(first.key());
  }

  @Test
  void a_retired_key_is_wiped_when_its_last_holder_lets_go() {
    SealingKeys keys = keys(records(1), waiting::add);
    Turn held = keys.next(1);
    turn(keys);
    assertThat(held.key().isWiped()).isFalse();
    held.key().letGo();
    assertThat(held.key().isWiped()).isTrue();
    assertThat(held.key().hold()).isFalse();
  }

  @Test
  void a_closed_sealer_wipes_its_key_and_makes_no_other() {
    SealingKeys keys = keys(records(10), waiting::add);
    Turn turn = turn(keys);
    keys.close();
    keys.close();
    assertThat(turn.key().isWiped()).isTrue();
    assertThatThrownBy(() -> turn(keys)).isInstanceOf(KeyServiceUnavailable.class);
    assertThat(table.dataKeyCount()).isEqualTo(1);
  }

  @Test
  void no_two_processes_share_a_data_key() {
    Set<Long> ids = new HashSet<>();
    Set<String> keys = new HashSet<>();
    var kek = TestKeys.kek(table, custody(), clock);
    for (int i = 0; i < 50; i++) {
      var made = TestKeys.make(new DataKeys(table, kek, "node-" + i, RANDOM, clock));
      ids.add(made.id());
      byte[] head = new byte[13];
      byte[] sealed = new byte[29];
      made.seal(new byte[0], new byte[0], sealed, head.length);
      keys.add(TestKeys.hex(sealed)); // the tag of nothing under the same nonce tells keys apart
    }
    assertThat(ids).hasSize(50);
    assertThat(keys).hasSize(50);
  }
}
