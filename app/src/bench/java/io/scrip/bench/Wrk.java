package io.scrip.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Closed-loop load: each connection sends its next call when the last is answered, which finds the
 * peak. Its percentiles say little, for it waits with whom it measures; {@link PacedLoad} is for
 * those.
 */
final class Wrk {
  private static final List<String> FAILURES =
      List.of("connect", "read", "write", "status", "timeout", "problems");
  private static final double MICROS_PER_SECOND = 1e6;

  /** One is enough for two cores, and leaves most of the machine to what is measured. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);

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
                "-t" + Math.min(load.connections(), THREADS),
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
    ResultLine result = ResultLine.in(running.output());
    List<String> failures = new ArrayList<>();
    for (String kind : FAILURES) {
      if (result.number(kind) > 0) {
        failures.add(result.number(kind) + " × " + kind);
      }
    }
    long requests = result.number("requests");
    if (requests == 0) {
      failures.add("no answer at all");
    }
    double seconds = result.number("micros") / MICROS_PER_SECOND;
    return new Sample(requests * valuesPerCall / seconds, result.latency(), failures);
  }

  private static String seconds(Duration window) {
    return String.format(Locale.ROOT, "%d", Math.max(1, Math.round(window.toMillis() / 1000.0)));
  }
}
