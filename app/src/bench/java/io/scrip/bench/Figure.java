package io.scrip.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What repeated measurements gave: their median, and the least and the most of them.
 *
 * @param values in the order of the rounds, at least one
 */
record Figure(List<Double> values) {
  Figure {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Round by round, so that what slowed a whole round down falls out. */
  Figure over(Figure baseline) {
    return new Figure(
        IntStream.range(0, Math.min(values.size(), baseline.values.size()))
            .mapToObj(i -> values.get(i) / baseline.values.get(i))
            .toList());
  }

  /** Median and spread: {@code 27,113 (26,870–27,502)}. */
  @Override
  public String toString() {
    return values.size() == 1
        ? number(median())
        : number(median()) + " (" + number(least()) + "–" + number(most()) + ")";
  }

  /** Three digits that matter, and all of those before the point. */
  static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }
}
