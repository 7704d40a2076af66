package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Another day of the calendar, as ISO 8601 writes it: {@code 2024-02-29}, years 0001 to 9999. With
 * a range, a day at most that far before or after; without, any from 1900-01-01 to 2099-12-31.
 *
 * @param rangeDays 1 to 36,525 days to each side, cut off at the ends of the calendar
 */
record DateFormat(Optional<Integer> rangeDays) implements TokenFormat {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final Span CALENDAR = Span.of("0001-01-01", "9999-12-31");
  private static final Span ANY = Span.of("1900-01-01", "2099-12-31");

  static TokenFormat of(Options options) {
    Optional<Integer> range =
        options.text("range-days").map(_ -> options.whole("range-days", 1, 1, 36_525));
    return options.complete(new DateFormat(range));
  }

  @Override
  public String kind() {
    return "date";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(rangeDays.map(days -> Map.of("range-days", days)).orElse(Map.of()));
  }

  @Override
  public void check(String data) {
    parse(data);
  }

  @Override
  public String draw(String data, Draw draw) {
    Span span = span(parse(data));
    return draw.until(
        token -> !token.equals(data),
        () -> ISO.format(LocalDate.ofEpochDay(span.first + draw.below(span.days()))));
  }

  @Override
  public BigInteger space(String data) {
    long day = parse(data);
    Span span = span(day);
    return BigInteger.valueOf(span.holds(day) ? span.days() - 1 : span.days());
  }

  /** With a range, that of the calendar's first and last day. */
  @Override
  public BigInteger smallestSpace() {
    return BigInteger.valueOf(rangeDays.orElse(ANY.days() - 1));
  }

  private Span span(long day) {
    return rangeDays.map(days -> CALENDAR.around(day, days)).orElse(ANY);
  }

  private static long parse(String data) {
    try {
      long day = data.length() == 10 ? LocalDate.parse(data, ISO).toEpochDay() : Long.MIN_VALUE;
      if (CALENDAR.holds(day)) {
        return day;
      }
    } catch (DateTimeParseException _) {
      // told below: the exception repeats the data
    }
    throw new DataDoesNotFit("a date is a day of the calendar written yyyy-MM-dd");
  }

  /** Days since 1970-01-01, first and last included. */
  private record Span(long first, long last) {
    static Span of(String first, String last) {
      return new Span(LocalDate.parse(first).toEpochDay(), LocalDate.parse(last).toEpochDay());
    }

    Span around(long day, int days) {
      return new Span(Math.max(first, day - days), Math.min(last, day + days));
    }

    boolean holds(long day) {
      return day >= first && day <= last;
    }

    int days() {
      return Math.toIntExact(last - first + 1);
    }
  }
}
