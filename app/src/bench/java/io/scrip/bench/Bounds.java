package io.scrip.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The regression guard: what ratios may not fall below, or rise above; see {@code bounds.csv}. What
 * has no baseline in the same run cannot be held to anything: machines differ twofold.
 */
final class Bounds {
  private final Map<String, Row.Reach> bounds;

  private Bounds(Map<String, Row.Reach> bounds) {
    this.bounds = bounds;
  }

  static Bounds read(Path file) {
    Map<String, Row.Reach> bounds = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split(",");
          bounds.put(cells[0], bound(cells[1].strip()));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Bounds(bounds);
  }

  private static Row.Reach bound(String text) {
    double bound = Double.parseDouble(text.substring(2));
    return text.startsWith(">=") ? Row.Reach.atLeast(bound) : Row.Reach.atMost(bound);
  }

  /**
   * A line for each row out of bounds, or without the baseline that its bound speaks of; rows that
   * were not measured are passed over.
   */
  List<String> broken(List<Row> rows) {
    List<String> broken = new ArrayList<>();
    for (Row row : rows) {
      Row.Reach bound = bounds.get(row.id());
      if (bound != null && !bound.isMetBy(row).orElse(row.value().isEmpty())) {
        broken.add("%s is %s, bound %s".formatted(row.id(), Cells.ratio(row), bound));
      }
    }
    return broken;
  }
}
