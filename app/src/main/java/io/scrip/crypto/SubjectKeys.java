package io.scrip.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The data keys that this process seals under for single subjects, those that were in use last. A
 * subject has as many keys as there were processes and times that sealed for it; what falls out
 * here is wiped, and the next record of that subject gets a new one.
 */
final class SubjectKeys {
  /** How often to take another key when one fell out between finding and using it. */
  private static final int ATTEMPTS = 8;

  private final Cache<DataSubject, SealingKeys> keys;
  private final Function<DataSubject, SealingKeys> maker;

  /**
   * @param maxCount 1 or more
   * @param maxAge for how long one is kept, whether it is in use or not
   */
  SubjectKeys(
      long maxCount,
      Duration maxAge,
      InstantSource clock,
      Function<DataSubject, SealingKeys> maker) {
    this.maker = maker;
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(maxCount)
            .expireAfterWrite(maxAge)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .scheduler(Scheduler.systemScheduler()) // an idle process wipes its keys as well
            .executor(Runnable::run)
            .removalListener(SubjectKeys::removed)
            .build();
  }

  /**
   * @throws CryptoException.KeyServiceUnavailable when a key is needed and could not be made
   */
  SealingKeys.Turn next(DataSubject subject, int sizeBytes) {
    for (int i = 1; i < ATTEMPTS; i++) {
      SealingKeys sealing = keys.get(subject, maker);
      try {
        return sealing.next(sizeBytes);
      } catch (CryptoException.KeyServiceUnavailable e) {
        if (!sealing.isClosed()) {
          throw e;
        }
      }
    }
    return keys.get(subject, maker).next(sizeBytes);
  }

  /** The keys that would seal next. */
  Set<Long> ids() {
    return keys.asMap().values().stream()
        .flatMap(sealing -> sealing.currentId().stream())
        .collect(Collectors.toSet());
  }

  /** Nothing more is sealed under these keys. */
  void drop(Set<Long> ids) {
    keys.asMap()
        .forEach(
            (subject, sealing) -> {
              if (sealing.currentId().filter(ids::contains).isPresent()) {
                keys.asMap().remove(subject, sealing);
              }
            });
  }

  void retireBelow(long floor) {
    keys.asMap().values().forEach(key -> key.retireBelow(floor));
  }

  void close() {
    keys.invalidateAll();
  }

  private static void removed(
      @Nullable DataSubject subject, @Nullable SealingKeys sealing, RemovalCause cause) {
    if (sealing != null) { // held strongly, so it never is
      sealing.close();
    }
  }
}
