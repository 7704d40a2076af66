package io.scrip.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Closed-loop load: each connection sends its next call when the last is answered, which finds the peak. Its percentiles
 * say little, for it waits with whom it measures; {@link PacedLoad} is for those.
 */
final class Wrk {
  private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\d+)");
  private static final List<String> FAILURES =
      List.of("connect", "read", "write", "status", "timeout", "problems");
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Path script;
  private final Path work;

  Wrk(Path script, Path work) {
    this.script = script;
    this.work = work;
  }

  /** What it runs with. */
  record Load(String url, String bearer, int connections, Duration window, List<String> call) {}

  /** Values a second. */
  Sample run(Load load, int valuesPerCall) {
    return sample(start(load), valuesPerCall);
  }

  Program start(Load load) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "wrk",
                "-t1",
                "-c" + load.connections(),
                "-d" + seconds(load.window()) + "s",
                "--timeout",
                "30s",
                "-s",
                script.toString(),
                load.url(),
                "--"));
    command.addAll(load.call());
    return Program.start("wrk", work, Map.of("BEARER", load.bearer()), command);
  }

  /** Waits for its end. Refused calls are failures, never throughput. */
  Sample sample(Program running, int valuesPerCall) {
    String output = running.output();
    Map<String, Long> fields = fields(output);
    List<String> failures =
        FAILURES.stream()
            .filter(kind -> fields.getOrDefault(kind, 0L) > 0)
            .map(kind -> fields.get(kind) + " × " + kind)
            .collect(Collectors.toCollection(ArrayList::new));
    long requests = fields.getOrDefault("requests", 0L);
    if (requests == 0) {
      failures.add("no answer at all");
    }
    double seconds = fields.getOrDefault("micros", 1L) / MICROS_PER_SECOND;
    return new Sample(
        requests * valuesPerCall / seconds,
        new Latency(
            fields.getOrDefault("p50", 0L) / MICROS_PER_MILLI,
            fields.getOrDefault("p99", 0L) / MICROS_PER_MILLI,
            fields.getOrDefault("p999", 0L) / MICROS_PER_MILLI),
        failures);
  }

  private static Map<String, Long> fields(String output) {
    Stream<MatchResult> found =
        output
            .lines()
            .filter(line -> line.startsWith("BENCH "))
            .flatMap(line -> FIELD.matcher(line).results());
    Map<String, Long> fields =
        found.collect(Collectors.toMap(field -> field.group(1), field -> Long.valueOf(field.group(2))));
    if (fields.isEmpty()) {
      throw new BenchException("wrk printed no result:\n" + output);
    }
    return fields;
  }

  private static String seconds(Duration window) {
    return String.format(Locale.ROOT, "%d", Math.max(1, Math.round(window.toMillis() / 1000.0)));
  }
}
