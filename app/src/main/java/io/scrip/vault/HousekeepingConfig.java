package io.scrip.vault;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * Under {@code scrip.housekeeping}.
 *
 * @param interval between rounds; zero switches them off on this instance
 * @param retention how long a row that ended is kept, so that the trail can tell expired from
 *     unknown
 * @param chunk rows of one transaction
 */
@ConfigurationProperties("scrip.housekeeping")
public record HousekeepingConfig(
    @Bindable(defaultValue = "PT1M") Duration interval,
    @Bindable(defaultValue = "P30D") Duration retention,
    @Bindable(defaultValue = "1000") int chunk) {

  public HousekeepingConfig {
    if (interval.isNegative()) {
      throw new StartRefused("scrip.housekeeping.interval", "must not be negative");
    }
    if (retention.isNegative()) {
      throw new StartRefused("scrip.housekeeping.retention", "must not be negative");
    }
    if (chunk < 1) {
      throw new StartRefused("scrip.housekeeping.chunk", "must be at least 1");
    }
  }
}
