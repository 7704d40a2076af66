package io.scrip.bench;

import java.util.List;
import java.util.Optional;

/**
 * One measurement.
 *
 * @param value calls or values a second, or milliseconds
 * @param latency of its calls; all 0 where nobody asked
 * @param failures refused calls, broken connections: where there is one, the value does not count
 * @param cost of a value, where it was measured
 */
record Sample(double value, Latency latency, List<String> failures, Optional<Cost> cost) {
  private static final Latency NONE = new Latency(0, 0, 0);

  Sample(double value, Latency latency, List<String> failures) {
    this(value, latency, failures, Optional.empty());
  }

  Sample with(Cost measured) {
    return new Sample(value, latency, failures, Optional.of(measured));
  }

  static Sample of(double value) {
    return new Sample(value, NONE, List.of());
  }
}
