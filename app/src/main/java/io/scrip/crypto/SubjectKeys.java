package io.scrip.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.scrip.crypto.KeyTable.Subject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The data keys that this process seals under for single subjects, those that were in use last. A
 * subject has as many keys as there were processes and times that sealed for it; what falls out
 * here is wiped, and the next record of that subject gets a new one.
 */
final class SubjectKeys {
  private final Cache<Subject, SealingKeys> keys;
  private final Function<Subject, SealingKeys> maker;

  /**
   * @param maxCount 1 or more
   */
  SubjectKeys(long maxCount, Function<Subject, SealingKeys> maker) {
    this.maker = maker;
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(maxCount)
            .executor(Runnable::run)
            .removalListener(SubjectKeys::removed)
            .build();
  }

  SealingKeys of(Subject subject) {
    return keys.get(subject, maker);
  }

  /** Nothing more is sealed under the keys that this subject had so far. */
  void forget(Subject subject) {
    keys.invalidate(subject);
  }

  void retireBelow(long floor) {
    keys.asMap().values().forEach(key -> key.retireBelow(floor));
  }

  void close() {
    keys.invalidateAll();
  }

  private static void removed(
      @Nullable Subject subject, @Nullable SealingKeys sealing, RemovalCause cause) {
    if (sealing != null) { // held strongly, so it never is
      sealing.close();
    }
  }
}
