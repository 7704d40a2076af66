package io.scrip.gateway;

import java.util.Comparator;
import java.util.List;

/**
 * What is to be done, and what will be then.
 *
 * @param changes in the order in which to write them
 * @param after every seat, as it is once they are written
 * @param unseated published keys for which there was no seat
 */
public record Plan(List<Change> changes, List<Seat> after, List<VerifyingKey> unseated) {
  public Plan {
    changes = changes.stream().sorted(Comparator.comparing(Change::kind)).toList();
    after = List.copyOf(after);
    unseated = List.copyOf(unseated);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
