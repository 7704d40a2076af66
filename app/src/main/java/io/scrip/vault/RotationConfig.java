package io.scrip.vault;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * Keys that rotate by themselves, under {@code scrip.rotation}. Data keys need no entry here: each
 * ends by count, bytes and age, see {@link io.scrip.crypto.DataKeyLimits}.
 *
 * @param kekEvery how old a key encryption key gets, a year: NIST SP 800-57 part 1, section 5.3.6,
 *     allows a key that only wraps two years at most; zero: never by itself
 * @param digestEvery how old a digest key gets; zero, the default: never by itself, since every row
 *     is written anew for it
 * @param interval how often to look, an hour
 * @param learn within which time an instance that has nothing else to commit learns of keys that
 *     another has changed, 10 s; every group of the journal learns at once
 */
@ConfigurationProperties("scrip.rotation")
public record RotationConfig(
    @Bindable(defaultValue = "P365D") Duration kekEvery,
    @Bindable(defaultValue = "PT0S") Duration digestEvery,
    @Bindable(defaultValue = "PT1H") Duration interval,
    @Bindable(defaultValue = "PT10S") Duration learn) {

  /** A typing error must not have the whole vault written anew all day. */
  private static final Duration LEAST = Duration.ofHours(1);

  public RotationConfig {
    within("kek-every", kekEvery);
    within("digest-every", digestEvery);
    positive("interval", interval);
    positive("learn", learn);
  }

  private static void positive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new StartRefused("scrip.rotation." + name, "must be positive");
    }
  }

  private static void within(String name, Duration every) {
    if (!every.isZero() && every.compareTo(LEAST) < 0) {
      throw new StartRefused("scrip.rotation." + name, "must be zero, or " + LEAST + " or more");
    }
  }
}
