package io.scrip.bench;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The line with which a load says what it did: {@code BENCH requests=71234 status=0 …}. */
final class ResultLine {
  private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\d+)");
  private static final double MICROS_PER_MILLI = 1e3;

  private final Map<String, Long> fields;

  private ResultLine(Map<String, Long> fields) {
    this.fields = fields;
  }

  static ResultLine in(String output) {
    Map<String, Long> fields =
        output
            .lines()
            .filter(line -> line.startsWith("BENCH "))
            .flatMap(line -> FIELD.matcher(line).results())
            .collect(
                Collectors.toMap(field -> field.group(1), field -> Long.valueOf(field.group(2))));
    if (fields.isEmpty()) {
      throw new BenchException("a load printed no result:\n" + output);
    }
    return new ResultLine(fields);
  }

  long number(String field) {
    Long number = fields.get(field);
    if (number == null) {
      throw new BenchException("a load did not tell its " + field + ": " + fields);
    }
    return number;
  }

  /** From microseconds. */
  Latency latency() {
    return new Latency(millis("p50"), millis("p99"), millis("p999"));
  }

  private double millis(String field) {
    return number(field) / MICROS_PER_MILLI;
  }
}
