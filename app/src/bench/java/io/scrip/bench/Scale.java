package io.scrip.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long and how much.
 *
 * @param window of one closed-loop measurement
 * @param rounds each of them, in turn with its baseline
 * @param warmUp of a fresh service, and of each kind of call
 * @param paced of one open-loop measurement, of which the first fifth warms up and is not counted
 * @param stored tokens in the store while calls are measured
 * @param growth sizes of the store for the cost of a lookup, the first being the measure
 * @param starts for the start-up time
 * @param memory of full load
 */
record Scale(
    String name,
    Duration window,
    int rounds,
    Duration warmUp,
    Duration paced,
    int stored,
    List<Integer> growth,
    int starts,
    Duration memory) {
  /** Two minutes, for daily use: says whether something broke, not how fast it is. */
  static final Scale QUICK =
      new Scale(
          "quick",
          Duration.ofMillis(1_000),
          2,
          Duration.ofSeconds(4),
          Duration.ofSeconds(4),
          20_000,
          List.of(2_000, 20_000),
          1,
          Duration.ofSeconds(20));

  /** What is published. */
  static final Scale FULL =
      new Scale(
          "full",
          Duration.ofSeconds(6),
          5,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          1_000_000,
          List.of(10_000, 100_000, 1_000_000, 10_000_000),
          5,
          Duration.ofMinutes(5));

  boolean isQuick() {
    return name.equals(QUICK.name);
  }

  Scale withMemory(Duration duration) {
    return new Scale(name, window, rounds, warmUp, paced, stored, growth, starts, duration);
  }

  Scale withStored(int tokens) {
    return new Scale(name, window, rounds, warmUp, paced, tokens, growth, starts, memory);
  }

  Scale withGrowthTo(int tokens) {
    List<Integer> sizes = growth.stream().filter(size -> size <= tokens).toList();
    return new Scale(name, window, rounds, warmUp, paced, stored, sizes, starts, memory);
  }
}
