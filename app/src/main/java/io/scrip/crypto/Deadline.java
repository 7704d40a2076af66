package io.scrip.crypto;

import java.time.Duration;

/** When to give up, for an answer that takes several questions. */
final class Deadline {
  private final Duration timeout;
  private final long endNanos;

  Deadline(Duration timeout) {
    this.timeout = timeout;
    this.endNanos = System.nanoTime() + timeout.toNanos();
  }

  /**
   * @return more than nothing
   * @throws CryptoException.KeyServiceUnavailable when it is over
   */
  Duration left() {
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    if (!left.isPositive()) {
      throw over();
    }
    return left;
  }

  CryptoException over() {
    return new CryptoException.KeyServiceUnavailable("no answer within " + timeout);
  }
}
