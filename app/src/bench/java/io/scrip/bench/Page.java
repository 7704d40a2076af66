package io.scrip.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes {@code app/docs/benchmarks.md}: a section for each table, with the run that measured it.
 * Those of tables that this run did not measure stay as they are.
 */
final class Page {
  private static final String HEADING = "## ";
  private static final String HEAD =
      """
      # Benchmarks

      Written by `app/bench/run --write`; [how it measures](../README.md#benchmarks). Service, database and load share
      the machine, so read the ratios: both sides were measured in turn in one run. Each figure is a median, its spread
      (least–most) beside it.
      """;

  private Page() {}

  /**
   * @param machine on which this run was made, and when
   * @param tables by their heading
   */
  static void write(Path file, Scale scale, List<String> machine, Map<String, List<Row>> tables) {
    try {
      Map<String, String> sections = Files.exists(file) ? sections(file) : new LinkedHashMap<>();
      String run = Stream.concat(machine.stream(), Stream.of(line(scale))).collect(joining(". "));
      tables.forEach((name, rows) -> sections.put(name, section(name, run, rows)));
      Files.writeString(file, HEAD + String.join("", sections.values()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Map<String, String> sections(Path file) throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    String[] parts = ("\n" + Files.readString(file)).split("\n" + HEADING);
    for (String part : List.of(parts).subList(1, parts.length)) {
      sections.put(
          part.lines().findFirst().orElse(""), "\n" + HEADING + part.stripTrailing() + "\n");
    }
    return sections;
  }

  private static String line(Scale scale) {
    return "Scale %s: %,d tokens stored, %d rounds of %d s each, %d s for latencies%s"
        .formatted(
            scale.name(),
            scale.stored(),
            scale.rounds(),
            scale.window().toSeconds(),
            scale.paced().toSeconds(),
            scale.isQuick() ? "; it says whether something broke, not how fast it is" : "");
  }

  private static String section(String name, String run, List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "",
            HEADING + name,
            "",
            run + ".",
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
    return String.join("\n", lines) + "\n";
  }
}
