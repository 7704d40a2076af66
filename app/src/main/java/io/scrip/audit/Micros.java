package io.scrip.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Time to the microsecond, which is what every store keeps, in the three forms the trail needs. */
final class Micros {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Micros() {}

  static Instant truncate(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  static long of(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /** RFC 3339 in UTC, always with six decimals. */
  static String text(Instant at) {
    return RFC_3339.format(at);
  }

  /**
   * Reads only what {@link #text} writes: a time that can be written in two ways could be changed
   * unseen.
   *
   * @throws DateTimeException for anything else
   */
  static Instant parse(String text) {
    Instant at = Instant.parse(text);
    if (!text(at).equals(text)) {
      throw new DateTimeException("a time has six decimals and ends in Z");
    }
    return at;
  }
}
