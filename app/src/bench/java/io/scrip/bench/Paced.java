package io.scrip.bench;

import java.util.List;

/** Reads what {@link PacedLoad} prints. */
final class Paced {
  private Paced() {}

  /** Waits for its end; the value is the 99th percentile in milliseconds. */
  static Sample sample(Program running) {
    ResultLine result = ResultLine.in(running.output());
    Latency latency = result.latency();
    long failed = result.number("failed");
    return new Sample(
        latency.p99(),
        latency,
        failed == 0 ? List.of() : List.of(failed + " calls failed or came too late"));
  }
}
