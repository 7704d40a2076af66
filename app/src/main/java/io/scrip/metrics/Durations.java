package io.scrip.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Times as meters take them. */
final class Durations {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1_000;

  private Durations() {}

  /** Bounds of a histogram's buckets: few, since each is a series of its own in every label set. */
  static Duration[] ofMillis(double... millis) {
    return DoubleStream.of(millis)
        .mapToObj(each -> Duration.ofNanos(Math.round(each * NANOS_PER_MILLI)))
        .toArray(Duration[]::new);
  }

  /** NaN for a time that nobody knows. */
  static double seconds(Optional<Duration> time) {
    return time.map(known -> known.toMillis() / MILLIS_PER_SECOND).orElse(Double.NaN);
  }
}
