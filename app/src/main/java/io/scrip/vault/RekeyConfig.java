package io.scrip.vault;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * Under {@code scrip.rekey}.
 *
 * @param interval how often this instance looks whether there is a job; zero: it never runs one
 * @param batch rows of one transaction, 1 to 10,000; they are held while they are made anew
 * @param lease how long a runner that was killed keeps its job from others, a second to an hour;
 *     much longer than a batch takes
 * @param maxRowsPerSecond the throttle, so that callers do not notice; zero: as fast as it goes
 */
@ConfigurationProperties("scrip.rekey")
public record RekeyConfig(
    @Bindable(defaultValue = "PT5S") Duration interval,
    @Bindable(defaultValue = "200") int batch,
    @Bindable(defaultValue = "PT30S") Duration lease,
    @Bindable(defaultValue = "2000") int maxRowsPerSecond) {

  private static final int MOST_ROWS = 10_000;

  public RekeyConfig {
    if (interval.isNegative()) {
      throw new StartRefused("scrip.rekey.interval", "must not be negative");
    }
    if (batch < 1 || batch > MOST_ROWS) {
      throw new StartRefused("scrip.rekey.batch", "must be from 1 to " + MOST_ROWS);
    }
    if (lease.toSeconds() < 1 || lease.compareTo(Duration.ofHours(1)) > 0) {
      throw new StartRefused("scrip.rekey.lease", "must be from a second to an hour");
    }
    if (maxRowsPerSecond < 0) {
      throw new StartRefused("scrip.rekey.max-rows-per-second", "must not be negative");
    }
  }

  /** How long to wait after so many rows. */
  public Duration pause(int rows) {
    return maxRowsPerSecond == 0
        ? Duration.ZERO
        : Duration.ofNanos(1_000_000_000L * rows / maxRowsPerSecond);
  }
}
