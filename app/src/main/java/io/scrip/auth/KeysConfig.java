package io.scrip.auth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * How an issuer's published keys are fetched and how long they are trusted.
 *
 * @param refresh age at which keys are fetched again in the background, 5 minutes by default; a key
 *     that the issuer withdrew stops working after at most twice this time, unless the issuer is
 *     away
 * @param retry pause between attempts while the issuer is away, 2 seconds by default
 * @param unknownKidInterval one fetch per this time may be caused by key ids that we have never
 *     seen, 10 seconds by default
 * @param unknownKidBurst as many such fetches may come at once, 3 by default
 * @param outageTolerance how long the last good keys are trusted while the issuer is away, 6 hours
 *     by default
 * @param connectTimeout 2 seconds by default
 * @param readTimeout for the whole answer, 5 seconds by default
 * @param maxBytes a longer answer is refused, 65,536 by default: some 40 RSA keys with certificates
 */
@ConfigurationProperties("scrip.auth.keys")
public record KeysConfig(
    @Property(name = "scrip.auth.keys.refresh", defaultValue = "5m") Duration refresh,
    @Property(name = "scrip.auth.keys.retry", defaultValue = "2s") Duration retry,
    @Property(name = "scrip.auth.keys.unknown-kid-interval", defaultValue = "10s")
        Duration unknownKidInterval,
    @Property(name = "scrip.auth.keys.unknown-kid-burst", defaultValue = "3") int unknownKidBurst,
    @Property(name = "scrip.auth.keys.outage-tolerance", defaultValue = "6h")
        Duration outageTolerance,
    @Property(name = "scrip.auth.keys.connect-timeout", defaultValue = "2s")
        Duration connectTimeout,
    @Property(name = "scrip.auth.keys.read-timeout", defaultValue = "5s") Duration readTimeout,
    @Property(name = "scrip.auth.keys.max-bytes", defaultValue = "65536") int maxBytes) {

  public KeysConfig {
    requirePositive("refresh", refresh);
    requirePositive("retry", retry);
    requirePositive("unknown-kid-interval", unknownKidInterval);
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("read-timeout", readTimeout);
    if (unknownKidBurst < 1 || unknownKidBurst > 100) {
      throw new StartRefused("scrip.auth.keys.unknown-kid-burst", "takes 1 to 100");
    }
    if (outageTolerance.compareTo(refresh.plus(refresh)) < 0) {
      throw new StartRefused(
          "scrip.auth.keys.outage-tolerance", "takes at least twice scrip.auth.keys.refresh");
    }
    if (maxBytes < 1_024 || maxBytes > 1_048_576) {
      throw new StartRefused("scrip.auth.keys.max-bytes", "takes 1024 to 1048576");
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new StartRefused("scrip.auth.keys." + name, "takes a time above zero");
    }
  }
}
