package io.scrip.bench;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what {@link PacedLoad} prints. */
final class Paced {
  private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\d+)");
  private static final double MICROS_PER_MILLI = 1e3;

  private Paced() {}

  /** Waits for its end; the value is the 99th percentile in milliseconds. */
  static Sample sample(Program running) {
    String output = running.output();
    Map<String, Double> fields =
        FIELD
            .matcher(output)
            .results()
            .collect(Collectors.toMap(f -> f.group(1), f -> Double.valueOf(f.group(2)), (a, _) -> a));
    if (!fields.containsKey("p999")) {
      throw new BenchException("the paced load printed no result:\n" + output);
    }
    Latency latency =
        new Latency(
            fields.get("p50") / MICROS_PER_MILLI,
            fields.get("p99") / MICROS_PER_MILLI,
            fields.get("p999") / MICROS_PER_MILLI);
    double failed = fields.getOrDefault("failed", 0.0);
    return new Sample(
        latency.p99(),
        latency,
        failed == 0 ? List.of() : List.of(Figure.number(failed) + " calls failed or came too late"));
  }
}
