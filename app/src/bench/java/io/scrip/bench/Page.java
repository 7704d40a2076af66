package io.scrip.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@code app/docs/benchmarks.md}. */
final class Page {
  private Page() {}

  static void write(Path file, Bed bed, List<String> machine, Map<String, List<Row>> tables) {
    List<String> lines = new ArrayList<>();
    lines.add("# Benchmarks");
    lines.add("");
    lines.add(
        "Written by `app/bench/run --write`; [how it measures](../README.md#benchmarks). Service, database and load share");
    lines.add(
        "the machine, so read the ratios: both sides were measured in turn in one run. Each figure is a median, its spread");
    lines.add("(least–most) beside it.");
    lines.add("");
    machine.forEach(line -> lines.add("- " + line));
    Scale scale = bed.scale();
    lines.add(
        "- Scale %s: %,d tokens stored, %d rounds of %d s each, %d s for latencies"
            .formatted(
                scale.name(),
                scale.stored(),
                scale.rounds(),
                scale.window().toSeconds(),
                scale.paced().toSeconds()));
    if (scale.isQuick()) {
      lines.add("- A quick run: it says whether something broke, not how fast it is.");
    }
    tables.forEach((name, rows) -> addTable(lines, name, rows));
    try {
      Files.write(file, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void addTable(List<String> lines, String name, List<Row> rows) {
    lines.addAll(
        List.of(
            "",
            "## " + name,
            "",
            "| What | Measured | Against | Ratio | To reach | Latency | Processor time a value |",
            "| --- | --- | --- | --- | --- | --- | --- |"));
    for (Row row : rows) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  row.what(),
                  Cells.measured(row),
                  Cells.against(row),
                  Cells.ratio(row),
                  Cells.reach(row),
                  row.latency().map(Cells::latency).orElse(""),
                  row.cost().map(Cells::cost).orElse("")));
    }
  }
}
