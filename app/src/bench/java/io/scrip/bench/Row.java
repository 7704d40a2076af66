package io.scrip.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a table.
 *
 * @param id {@code tokenize.64}: names it in the results and in the bounds
 * @param what for the reader
 * @param unit of both figures
 * @param latency of the calls at half of the peak, counted from their intended start
 * @param cost of a value in processor time
 * @param failures why the row does not count, if it does not
 */
record Row(
    String id,
    String what,
    String unit,
    Optional<Figure> measured,
    Optional<Baseline> against,
    Optional<Reach> reach,
    Optional<Latency> latency,
    Optional<Cost> cost,
    List<String> failures) {

  /** What was measured beside it in the same rounds. */
  record Baseline(String what, Figure figure) {}

  /**
   * What is asked of a row.
   *
   * @param ofValue of what was measured, whatever its baseline; of the ratio otherwise
   */
  record Reach(boolean atLeast, double bound, boolean ofValue) {
    static Reach atLeast(double bound) {
      return new Reach(true, bound, false);
    }

    static Reach atMost(double bound) {
      return new Reach(false, bound, false);
    }

    static Reach valueAtLeast(double bound) {
      return new Reach(true, bound, true);
    }

    static Reach valueAtMost(double bound) {
      return new Reach(false, bound, true);
    }

    /** Empty where that was not measured. */
    Optional<Boolean> isMetBy(Row row) {
      return (ofValue ? row.value() : row.ratio())
          .map(Figure::median)
          .map(median -> atLeast ? median >= bound : median <= bound);
    }

    @Override
    public String toString() {
      return (atLeast ? "≥ " : "≤ ") + Figure.number(bound);
    }
  }

  static Row of(String id, String what, String unit, Measured measured) {
    return new Row(
        id,
        what,
        unit,
        measured.figure(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        measured.cost(),
        measured.failures());
  }

  /** A row that says why it has no number. */
  static Row absent(String id, String what, String why) {
    return new Row(
        id,
        what + ": " + why,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  Row against(String other, Measured baseline) {
    List<String> all = new ArrayList<>(failures);
    baseline.failures().forEach(failure -> all.add(other + ": " + failure));
    return new Row(
        id,
        what,
        unit,
        measured,
        baseline.figure().map(figure -> new Baseline(other, figure)),
        reach,
        latency,
        cost,
        all);
  }

  Row reach(Reach bound) {
    return new Row(id, what, unit, measured, against, Optional.of(bound), latency, cost, failures);
  }

  Row latency(Latency percentiles) {
    return new Row(
        id, what, unit, measured, against, reach, Optional.of(percentiles), cost, failures);
  }

  boolean failed() {
    return !failures.isEmpty();
  }

  /** What was measured, unless something failed. */
  Optional<Figure> value() {
    return measured.filter(_ -> !failed());
  }

  /** Empty where there is no baseline, or where something failed. */
  Optional<Figure> ratio() {
    return value().flatMap(mine -> against.map(other -> mine.over(other.figure())));
  }
}
