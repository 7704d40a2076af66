package io.scrip.bench;

import java.util.List;
import java.util.Optional;

/**
 * What rounds of one kind gave.
 *
 * @param figure empty where no round gave one
 * @param failures of all rounds
 */
record Measured(Optional<Figure> figure, List<String> failures) {
  static Measured of(List<Sample> samples) {
    List<Double> values = samples.stream().map(Sample::value).toList();
    return new Measured(
        values.isEmpty() ? Optional.empty() : Optional.of(new Figure(values)),
        samples.stream().flatMap(sample -> sample.failures().stream()).distinct().toList());
  }

  static Measured of(double value) {
    return new Measured(Optional.of(Figure.of(value)), List.of());
  }

  Measured times(double factor) {
    return new Measured(figure.map(value -> value.times(factor)), failures);
  }
}
