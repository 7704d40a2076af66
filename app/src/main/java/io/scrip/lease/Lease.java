package io.scrip.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * From when to when a token answers, both to the microsecond, the finest that both databases keep.
 *
 * @param expiresAt the first instant at which it no longer answers; empty: it answers until revoked
 */
public record Lease(Instant createdAt, Optional<Instant> expiresAt) {
  public Lease {
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    expiresAt = expiresAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * A new lease.
   *
   * @param asked the caller's wish
   * @throws LeaseException when the wish is outside the terms
   */
  public static Lease issue(Instant now, Optional<Duration> asked, LeaseTerms terms) {
    asked.ifPresent(ttl -> LeaseTerms.requireWithin(ttl, terms.maxTtl()));
    Optional<Duration> ttl = asked.or(terms::defaultTtl).or(terms::maxTtl);
    return new Lease(now, ttl.map(now::plus));
  }
}
