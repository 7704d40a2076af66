package io.scrip.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Data keys that were opened, so that the next record under one costs no HPKE: bounded in count and
 * age, wiped when they fall out. A key that falls out while a reader holds it is wiped when that
 * reader lets it go.
 */
final class OpenedKeys {
  /** How often to look again after a key was wiped between finding and holding it. */
  private static final int ATTEMPTS = 3;

  private final DataKeys dataKeys;
  private final Cache<Long, DataKey> keys;

  /**
   * @param maxCount 1 or more
   */
  OpenedKeys(DataKeys dataKeys, long maxCount, Duration maxAge, InstantSource clock) {
    this.dataKeys = dataKeys;
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(maxCount)
            .expireAfterWrite(maxAge)
            .ticker(() -> nanos(clock.instant()))
            .scheduler(Scheduler.systemScheduler()) // an idle process wipes its keys as well
            .executor(Runnable::run) // and does so at once
            .removalListener(OpenedKeys::removed)
            .build();
  }

  /**
   * @param uses what it must have been made for
   * @return the key, held for the caller, who lets it go
   * @throws CryptoException.WillNotOpen when there is no such key, it is of none of these uses, or
   *     it does not open
   */
  DataKey hold(long id, Set<DataKeyUse> uses) {
    DataKey key = hold(id);
    if (!uses.contains(key.use())) {
      key.letGo();
      throw new CryptoException.WillNotOpen();
    }
    return key;
  }

  DataKey hold(long id) {
    for (int i = 0; i < ATTEMPTS; i++) {
      DataKey key = keys.get(id, dataKeys::find);
      if (key.hold()) {
        return key;
      }
    }
    return dataKeys.find(id); // a cache too small for its readers: this one gets a key of its own
  }

  /** Those that were made for this use. */
  Set<Long> ids(DataKeyUse use) {
    return keys.asMap().values().stream()
        .filter(key -> key.use() == use)
        .map(DataKey::id)
        .collect(Collectors.toSet());
  }

  void drop(Set<Long> ids) {
    keys.invalidateAll(ids);
  }

  void clear() {
    keys.invalidateAll();
  }

  private static void removed(@Nullable Long id, @Nullable DataKey key, RemovalCause cause) {
    if (key != null) { // keys are held strongly, so it never is
      key.letGo();
    }
  }

  private static long nanos(Instant now) {
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
