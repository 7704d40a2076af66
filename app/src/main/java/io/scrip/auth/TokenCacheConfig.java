package io.scrip.auth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * How long a verified token need not be verified again.
 *
 * @param maxSize tokens remembered at most, 10,000 by default (about 10 MB); 0 verifies every call
 * @param maxAge an entry lives this long at most, 60 seconds by default, and never past the token's
 *     {@code exp}
 */
@ConfigurationProperties("scrip.auth.cache")
public record TokenCacheConfig(
    @Property(name = "scrip.auth.cache.max-size", defaultValue = "10000") long maxSize,
    @Property(name = "scrip.auth.cache.max-age", defaultValue = "60s") Duration maxAge) {

  public TokenCacheConfig {
    if (maxSize < 0) {
      throw new StartRefused("scrip.auth.cache.max-size", "takes 0 or more");
    }
    if (maxAge.isNegative() || maxAge.compareTo(Duration.ofHours(1)) > 0) {
      throw new StartRefused("scrip.auth.cache.max-age", "takes 0 to 1 hour");
    }
  }
}
