package io.scrip.auth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.scrip.identity.StartRefused;
import java.time.Duration;
import java.util.Optional;

/**
 * How bearer tokens are checked.
 *
 * @param audience what {@code aud} must contain, unless the issuer names its own: {@code
 *     https://api.scrip.local}
 * @param clockSkew how far the issuer's clock may differ from ours when {@code exp} and {@code nbf}
 *     are checked; 30 seconds by default, at most 5 minutes ("a few minutes" at the most, RFC 7519,
 *     section 4.1.4)
 * @param maxTokenBytes longer tokens are refused before anything is parsed; 8,192 by default, which
 *     is what gateways commonly accept for one header line
 */
@ConfigurationProperties("scrip.auth")
public record AuthConfig(
    @Property(name = "scrip.auth.audience") Optional<String> audience,
    @Property(name = "scrip.auth.clock-skew", defaultValue = "30s") Duration clockSkew,
    @Property(name = "scrip.auth.max-token-bytes", defaultValue = "8192") int maxTokenBytes) {

  public AuthConfig {
    audience = audience.filter(text -> !text.isBlank());
    if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new StartRefused("scrip.auth.clock-skew", "takes 0 to 5 minutes");
    }
    if (maxTokenBytes < 256 || maxTokenBytes > 65_536) {
      throw new StartRefused("scrip.auth.max-token-bytes", "takes 256 to 65536");
    }
  }
}
