package io.scrip.lease;

import java.time.Duration;
import java.util.Optional;

/**
 * What a template says about time.
 *
 * @param defaultTtl for a call that names none; empty: the longest that is allowed
 * @param maxTtl the longest; empty: without end
 */
public record LeaseTerms(Optional<Duration> defaultTtl, Optional<Duration> maxTtl) {
  /** Tokens live until revoked. */
  public static final LeaseTerms UNBOUNDED = new LeaseTerms(Optional.empty(), Optional.empty());

  /** The shortest lease, one second: less is a mistake in the unit. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The longest lease, a hundred years of 365 days. */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  public LeaseTerms {
    defaultTtl.ifPresent(ttl -> requireWithin(ttl, maxTtl));
    maxTtl.ifPresent(ttl -> requireWithin(ttl, Optional.empty()));
  }

  static void requireWithin(Duration ttl, Optional<Duration> max) {
    if (ttl.compareTo(SHORTEST) < 0) {
      throw new LeaseException("A time to live is at least " + SHORTEST + ".");
    }
    Duration longest = max.orElse(LONGEST);
    if (ttl.compareTo(longest) > 0) {
      throw new LeaseException("The longest time to live here is " + longest + ".");
    }
  }
}
