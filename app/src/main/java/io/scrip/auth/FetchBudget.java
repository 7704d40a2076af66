package io.scrip.auth;

import java.time.Duration;
import java.time.Instant;

/** A token bucket: so many at once, then one per interval. */
final class FetchBudget {
  private final int burst;
  private final Duration interval;
  private int left;
  private Instant countedFrom;

  FetchBudget(int burst, Duration interval, Instant now) {
    this.burst = burst;
    this.interval = interval;
    this.left = burst;
    this.countedFrom = now;
  }

  synchronized boolean tryTake(Instant now) {
    refill(now);
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  private void refill(Instant now) {
    long regained = Duration.between(countedFrom, now).dividedBy(interval);
    if (regained < 0 || left + regained >= burst) {
      left = regained < 0 ? left : burst;
      countedFrom = now; // also when the clock was set back
    } else {
      left += (int) regained;
      countedFrom = countedFrom.plus(interval.multipliedBy(regained));
    }
  }
}
