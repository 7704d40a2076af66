package io.scrip.bench;

import java.util.Locale;

/** How a row reads, on the screen and on the page. */
final class Cells {
  private Cells() {}

  static String measured(Row row) {
    if (row.failed()) {
      return "FAILED: " + String.join("; ", row.failures());
    }
    return row.measured().map(figure -> figure + " " + row.unit()).orElse("");
  }

  static String against(Row row) {
    return row.against().map(other -> other.what() + ": " + other.figure()).orElse("");
  }

  static String ratio(Row row) {
    return row.ratio().map(figure -> figure + " ×").orElse("");
  }

  static String reach(Row row) {
    return row.reach()
        .map(
            reach -> reach + (reach.ofValue() ? " " + row.unit() + " " : " ") + verdict(row, reach))
        .orElse("");
  }

  static String latency(Latency latency) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f, p99 %.2f, p99.9 %.2f ms",
        latency.p50(),
        latency.p99(),
        latency.p999());
  }

  static String cost(Cost cost) {
    String service = "service " + Figure.number(cost.service()) + " µs";
    return cost.database() == 0
        ? service
        : service + ", database " + Figure.number(cost.database()) + " µs";
  }

  private static String verdict(Row row, Row.Reach reach) {
    return reach.isMetBy(row).map(met -> met ? "reached" : "not reached").orElse("not measured");
  }
}
