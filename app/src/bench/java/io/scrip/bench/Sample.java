package io.scrip.bench;

import java.util.List;

/**
 * One measurement.
 *
 * @param value calls or values a second, or milliseconds
 * @param latency of its calls; all 0 where nobody asked
 * @param failures refused calls, broken connections: where there is one, the value does not count
 */
record Sample(double value, Latency latency, List<String> failures) {
  private static final Latency NONE = new Latency(0, 0, 0);

  static Sample of(double value) {
    return new Sample(value, NONE, List.of());
  }
}
