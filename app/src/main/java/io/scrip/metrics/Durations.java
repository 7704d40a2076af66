package io.scrip.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** Bounds of a histogram's buckets: few, since each is a series of its own in every label set. */
final class Durations {
  private static final double NANOS_PER_MILLI = 1e6;

  private Durations() {}

  static Duration[] ofMillis(double... millis) {
    return DoubleStream.of(millis)
        .mapToObj(each -> Duration.ofNanos(Math.round(each * NANOS_PER_MILLI)))
        .toArray(Duration[]::new);
  }
}
