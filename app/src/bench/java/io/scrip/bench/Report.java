package io.scrip.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Collects rows: each is printed as it is measured and written to {@code results.csv} at once. */
final class Report {
  private static final String HEAD =
      "id,unit,median,least,most,baseline,ratio,ratio_least,ratio_most,reach,p50_ms,p99_ms,p999_ms,service_us,database_us,failures";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Path csv;
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  Report(Path csv, PrintStream out) {
    this.csv = csv;
    this.out = out;
    write(List.of(HEAD));
  }

  /** What is going on, for who waits. */
  void say(String format, Object... arguments) {
    out.println(
        "  " + LocalTime.now().format(TIME) + "  " + String.format(Locale.ROOT, format, arguments));
  }

  void add(Row row) {
    rows.add(row);
    out.println(line(row));
    List<String> lines = new ArrayList<>(List.of(HEAD));
    rows.stream().filter(one -> one.measured().isPresent()).map(Report::csv).forEach(lines::add);
    write(lines);
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  private static String line(Row row) {
    if (row.measured().isEmpty() && !row.failed()) {
      return "%-24s %s".formatted(row.id(), row.what());
    }
    StringBuilder line =
        new StringBuilder("%-24s %-52s %s".formatted(row.id(), row.what(), Cells.measured(row)));
    row.against()
        .ifPresent(
            _ ->
                line.append(" | ")
                    .append(Cells.against(row))
                    .append(" | ")
                    .append(Cells.ratio(row)));
    row.reach().ifPresent(_ -> line.append(" | ").append(Cells.reach(row)));
    row.latency().ifPresent(latency -> line.append(" | ").append(Cells.latency(latency)));
    row.cost().ifPresent(cost -> line.append(" | ").append(Cells.cost(cost)));
    return line.toString();
  }

  private static String csv(Row row) {
    Figure figure = row.measured().orElseThrow();
    Optional<Figure> ratio = row.ratio();
    return String.join(
        ",",
        row.id(),
        row.unit(),
        exact(figure.median()),
        exact(figure.least()),
        exact(figure.most()),
        row.against().map(other -> exact(other.figure().median())).orElse(""),
        ratio.map(value -> exact(value.median())).orElse(""),
        ratio.map(value -> exact(value.least())).orElse(""),
        ratio.map(value -> exact(value.most())).orElse(""),
        row.reach().map(reach -> (reach.atLeast() ? ">=" : "<=") + reach.bound()).orElse(""),
        row.latency().map(latency -> exact(latency.p50())).orElse(""),
        row.latency().map(latency -> exact(latency.p99())).orElse(""),
        row.latency().map(latency -> exact(latency.p999())).orElse(""),
        row.cost().map(cost -> exact(cost.service())).orElse(""),
        row.cost().map(cost -> exact(cost.database())).orElse(""),
        String.join("; ", row.failures()).replace(",", ""));
  }

  private static String exact(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void write(List<String> lines) {
    try {
      Files.write(csv, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
