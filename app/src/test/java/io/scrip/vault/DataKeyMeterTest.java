package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.TestClock;
import io.scrip.crypto.KeyConfig;
import io.scrip.identity.TenantId;
import io.scrip.identity.Token;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Age and rest of a data key, told from the records. */
class DataKeyMeterTest {
  private static final long LIMIT = 1L << 32;

  private final TestClock clock = new TestClock();
  private final DataKeyMeter meter = new DataKeyMeter(KeyConfig.DEFAULT, clock);

  @Test
  void where_nothing_was_sealed_there_is_no_age_and_all_is_left() {
    assertThat(meter.age()).isEmpty();
    assertThat(meter.recordsLeft()).isEqualTo(LIMIT).isEqualTo(meter.recordsLimit());
  }

  @Test
  void each_record_takes_one() {
    IntStream.range(0, 5).forEach(_ -> meter.sealed(7));
    assertThat(meter.recordsLeft()).isEqualTo(LIMIT - 5);
  }

  @Test
  void the_age_counts_from_the_first_record_under_the_key() {
    meter.sealed(7);
    clock.advance(Duration.ofHours(1));
    meter.sealed(7);
    assertThat(meter.age()).contains(Duration.ofHours(1));
  }

  @Test
  void a_new_key_begins_anew() {
    meter.sealed(7);
    clock.advance(Duration.ofHours(1));
    meter.sealed(8);
    assertThat(meter.age()).contains(Duration.ZERO);
    assertThat(meter.recordsLeft()).isEqualTo(LIMIT - 1);
  }

  @Test
  void the_last_records_under_the_old_key_do_not_bring_it_back() {
    meter.sealed(8);
    meter.sealed(7);
    meter.sealed(7);
    assertThat(meter.recordsLeft()).isEqualTo(LIMIT - 1);
  }

  @Test
  void no_record_is_lost_when_many_threads_seal() {
    try (var threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, 8)
          .forEach(
              _ -> threads.execute(() -> IntStream.range(0, 10_000).forEach(_ -> meter.sealed(1))));
    }
    assertThat(meter.recordsLeft()).isEqualTo(LIMIT - 80_000);
  }

  @Test
  void a_sealed_value_is_counted() {
    long before = VaultFixture.METER.recordsLeft();
    var content =
        new TokenRecord(
            new Token("tok"),
            Optional.empty(),
            Optional.empty(),
            "opaque",
            Map.of(),
            VaultFixture.plaintext("4711"));
    VaultFixture.SEALER.seal(
        TenantId.DEFAULT, UUID.randomUUID(), "opaque", content, Optional.empty());
    assertThat(VaultFixture.METER.recordsLeft()).isLessThan(before);
  }
}
