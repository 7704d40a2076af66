package io.scrip.bench;

import java.util.List;
import java.util.Optional;

/**
 * What a value costs in processor time, in microseconds. It hardly moves when a neighbour is busy,
 * as throughput does.
 *
 * @param service of the service's process
 * @param database of PostgreSQL's processes, all of them; 0 where the service holds the database
 */
record Cost(double service, double database) {
  private static final double MICROS_PER_NANO = 1e-3;

  /** Of so many values between two readings. */
  static Cost of(long values, ProcessorTime before, ProcessorTime after) {
    return new Cost(
        (after.serviceNanos() - before.serviceNanos()) * MICROS_PER_NANO / values,
        (after.databaseNanos() - before.databaseNanos()) * MICROS_PER_NANO / values);
  }

  /** The median of each; empty where nobody measured it. */
  static Optional<Cost> median(List<Cost> all) {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Cost(
                new Figure(all.stream().map(Cost::service).toList()).median(),
                new Figure(all.stream().map(Cost::database).toList()).median()));
  }
}
