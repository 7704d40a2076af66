package io.scrip.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures several things in turn, A B C, A B C: what else the machine does falls on all alike. */
final class Rounds {
  private final Runnable between;
  private final Map<String, Supplier<Sample>> cases = new LinkedHashMap<>();
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  /**
   * @param between runs before each measurement, so that none pays for the one before
   */
  Rounds(Runnable between) {
    this.between = between;
  }

  Rounds measure(String name, Supplier<Sample> one) {
    cases.put(name, one);
    return this;
  }

  Rounds run(int rounds) {
    for (int round = 0; round < rounds; round++) {
      cases.forEach(
          (name, one) -> {
            between.run();
            samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(one.get());
          });
    }
    return this;
  }

  Measured of(String name) {
    return Measured.of(samples.getOrDefault(name, List.of()));
  }
}
