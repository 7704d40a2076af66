package io.scrip.bench;

import java.util.List;
import java.util.Optional;

/**
 * What rounds of one kind gave.
 *
 * @param figure empty where no round gave one
 * @param failures of all rounds
 * @param cost the median of those rounds that measured it
 */
record Measured(Optional<Figure> figure, List<String> failures, Optional<Cost> cost) {
  Measured(Optional<Figure> figure, List<String> failures) {
    this(figure, failures, Optional.empty());
  }

  static Measured of(List<Sample> samples) {
    List<Double> values = samples.stream().map(Sample::value).toList();
    return new Measured(
        values.isEmpty() ? Optional.empty() : Optional.of(new Figure(values)),
        samples.stream().flatMap(sample -> sample.failures().stream()).distinct().toList(),
        Cost.median(samples.stream().flatMap(sample -> sample.cost().stream()).toList()));
  }
}
