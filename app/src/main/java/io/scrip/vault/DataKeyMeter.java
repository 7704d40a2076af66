package io.scrip.vault;

import io.scrip.crypto.KeyConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How old the data key is that this process seals under, and how much of it is left, told from the
 * records themselves: each says which key it is sealed under, and a new key's id is greater than
 * the one before. A subject's own keys are not looked at.
 */
@Singleton
public final class DataKeyMeter {
  private final long maxRecords;
  private final InstantSource clock;
  private volatile @Nullable Use current;

  DataKeyMeter(KeyConfig config, InstantSource clock) {
    this.maxRecords = config.dataKeyLimits().maxRecords();
    this.clock = clock;
  }

  void sealed(long dataKeyId) {
    Use use = current;
    if (use == null || dataKeyId > use.id) {
      use = begun(dataKeyId);
    }
    if (use.id == dataKeyId) { // what was sealed under the key before is of no interest any more
      use.records.increment();
    }
  }

  private synchronized Use begun(long dataKeyId) {
    Use use = current;
    if (use == null || dataKeyId > use.id) {
      use = new Use(dataKeyId, clock.millis(), new LongAdder());
      current = use;
    }
    return use;
  }

  /** Since the first record under the key in use; empty where nothing was sealed yet. */
  public Optional<Duration> age() {
    return Optional.ofNullable(current)
        .map(use -> Duration.ofMillis(clock.millis() - use.sinceMillis));
  }

  /** How many records one key may seal. */
  public long recordsLimit() {
    return maxRecords;
  }

  /** How many records may still be sealed under the key in use. */
  public long recordsLeft() {
    Use use = current;
    return use == null ? maxRecords : Math.max(0, maxRecords - use.records.sum());
  }

  private record Use(long id, long sinceMillis, LongAdder records) {}
}
