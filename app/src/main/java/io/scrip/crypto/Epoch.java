package io.scrip.crypto;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The time in which a process seals under one data key. Hands out each nonce counter once and none
 * beyond the limits.
 *
 * <p>The key is fresh and lives in this process alone, so that counting from zero never repeats a
 * nonce, not even after a kill: what was killed took its key with it (NIST SP 800-38D, section
 * 8.2.1).
 */
final class Epoch {
  /** What {@link #next} answers when the key is used up. */
  static final long USED_UP = -1;

  /** After a failure to make a successor, how long until the next attempt. */
  private static final long PAUSE_MILLIS = 1_000;

  private final DataKey key;
  private final DataKeyLimits limits;
  private final long bornMillis;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong nextTryMillis = new AtomicLong(Long.MIN_VALUE);

  Epoch(DataKey key, DataKeyLimits limits, long nowMillis) {
    this.key = key;
    this.limits = limits;
    this.bornMillis = nowMillis;
  }

  DataKey key() {
    return key;
  }

  /**
   * @return a counter that no one else has or will have, or {@link #USED_UP}
   */
  long next(int sizeBytes, long nowMillis) {
    if (nowMillis - bornMillis >= limits.maxAge().toMillis()
        || bytes.addAndGet(sizeBytes) > limits.maxBytes()) {
      return USED_UP;
    }
    long counter = records.getAndIncrement();
    return counter < limits.maxRecords() ? counter : USED_UP;
  }

  /** Whether it is time for a successor and nobody is at work on one; true for one caller only. */
  boolean claimSuccessor(long nowMillis) {
    long tryFrom = nextTryMillis.get();
    return nowMillis >= tryFrom
        && isNearItsEnd(nowMillis)
        && nextTryMillis.compareAndSet(tryFrom, Long.MAX_VALUE);
  }

  /** After a failure, so that another may try in a while. */
  void giveUpSuccessor(long nowMillis) {
    nextTryMillis.set(nowMillis + PAUSE_MILLIS);
  }

  private boolean isNearItsEnd(long nowMillis) {
    return records.get() >= sevenEighths(limits.maxRecords())
        || bytes.get() >= sevenEighths(limits.maxBytes())
        || nowMillis - bornMillis >= sevenEighths(limits.maxAge().toMillis());
  }

  private static long sevenEighths(long whole) {
    return whole - whole / 8;
  }
}
