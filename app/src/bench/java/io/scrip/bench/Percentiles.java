package io.scrip.bench;

import org.HdrHistogram.Histogram;

/** Reads histograms. */
final class Percentiles {
  private static final double MICROS_PER_MILLI = 1_000;

  private Percentiles() {}

  static Latency ofMicros(Histogram micros) {
    return new Latency(millis(micros, 50), millis(micros, 99), millis(micros, 99.9));
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
