package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static io.scrip.crypto.TestKeys.bytes;
import static io.scrip.crypto.TestKeys.config;
import static io.scrip.crypto.TestKeys.custody;
import static io.scrip.crypto.TestKeys.records;
import static io.scrip.crypto.TestKeys.sealer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.RecordSealer.SealedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OpenedKeysTest {
  private static final Duration AGE = Duration.ofMinutes(10);

  private final InMemoryKeyTable table = new InMemoryKeyTable();
  private final ManualClock clock = new ManualClock();
  private final DataKeys dataKeys =
      new DataKeys(table, TestKeys.kek(table, custody(), clock), "node", RANDOM, clock);

  @Test
  void a_key_is_opened_once_and_kept() {
    long id = TestKeys.make(dataKeys).id();
    var opened = new OpenedKeys(dataKeys, 10, AGE, clock);
    for (int i = 0; i < 100; i++) {
      opened.hold(id).letGo();
    }
    assertThat(table.lookUps()).isEqualTo(1);
  }

  @Test
  void a_key_that_is_too_old_is_wiped_and_opened_anew() {
    long id = TestKeys.make(dataKeys).id();
    var opened = new OpenedKeys(dataKeys, 10, AGE, clock);
    DataKey first = opened.hold(id);
    first.letGo();
    clock.advance(AGE);
    DataKey second = opened.hold(id);
    assertThat(second).isNotSameAs(first);
    assertThat(first.isWiped()).isTrue();
    assertThat(second.isWiped()).isFalse();
  }

  @Test
  void a_key_that_was_pushed_out_serves_its_holder_and_is_wiped_then() {
    var opened = new OpenedKeys(dataKeys, 1, AGE, clock);
    DataKey held = opened.hold(TestKeys.make(dataKeys).id());
    opened.clear();
    assertThat(held.isWiped()).isFalse();
    byte[] out = new byte[12 + 3 + Aes.TAG_BYTES];
    held.seal(bytes("abc"), new byte[0], out, 12);
    assertThat(held.open(out, new byte[0], 12)).isEqualTo(bytes("abc"));
    held.letGo();
    assertThat(held.isWiped()).isTrue();
    assertThatThrownBy(() -> held.open(out, new byte[0], 12))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void no_more_keys_are_kept_than_allowed() {
    var opened = new OpenedKeys(dataKeys, 4, AGE, clock);
    List<DataKey> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      DataKey key = opened.hold(TestKeys.make(dataKeys).id());
      key.letGo();
      keys.add(key);
    }
    assertThat(keys.stream().filter(key -> !key.isWiped()).count()).isLessThanOrEqualTo(4);
  }

  @Test
  void every_record_opens_while_keys_come_and_go_under_load() throws Exception {
    RecordSealer sealer = sealer(table, config(records(5), 2), clock);
    List<SealedRecord> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      records.add(sealer.seal(bytes("value " + i), bytes("bound " + i)));
    }
    RecordSealer reader = sealer(table, config(records(5), 2), clock);
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int start = i * 13;
      workers.add(
          () -> {
            int wrong = 0;
            for (int j = 0; j < 300; j++) {
              int at = (start + j * 7) % records.size();
              SealedRecord record = records.get(at);
              byte[] opened =
                  reader.open(record.dataKeyId(), record.sealed(), bytes("bound " + at));
              wrong += Arrays.equals(opened, bytes("value " + at)) ? 0 : 1;
            }
            return wrong;
          });
    }
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var worker : threads.invokeAll(workers)) {
        assertThat(worker.get()).isZero();
      }
    }
  }

  @Test
  void every_record_opens_that_was_sealed_under_load_across_roll_overs() throws Exception {
    RecordSealer sealer =
        TestKeys.keyring(table, config(records(300), 100), clock, Thread::startVirtualThread)
            .records();
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte[] bound = bytes("worker " + i);
      workers.add(
          () -> {
            int wrong = 0;
            for (int j = 0; j < 500; j++) {
              byte[] value = bytes("value " + j);
              SealedRecord record = sealer.seal(value, bound);
              byte[] opened = sealer.open(record.dataKeyId(), record.sealed(), bound);
              wrong += Arrays.equals(opened, value) ? 0 : 1;
            }
            return wrong;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var worker : threads.invokeAll(workers)) {
        assertThat(worker.get()).isZero();
      }
    }
    assertThat(table.dataKeyCount()).isGreaterThanOrEqualTo(8_000 / 300);
  }
}
