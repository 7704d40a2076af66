package io.scrip.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The baseline: the same rows and statements, one transaction a call, over copies of the service's
 * tables in the same database.
 */
final class Pgbench {
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
  private static final Pattern FAILED =
      Pattern.compile("number of failed transactions: ([1-9][0-9]*)");

  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors() / 4);

  /** Each run has audit chains of its own, as each process of the service has. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Postgres postgres;
  private final Path scripts;
  private final Path work;
  private final long stored;
  private final String sealedBytes;

  private Pgbench(Postgres postgres, Path scripts, Path work, long stored, String sealedBytes) {
    this.postgres = postgres;
    this.scripts = scripts;
    this.work = work;
    this.stored = stored;
    this.sealedBytes = sealedBytes;
  }

  /** Copies the tables as they are now. */
  static Pgbench over(Postgres postgres, Path scripts, Path work, long stored) {
    postgres.script(
        "scrip", scripts.resolve("tables.sql"), Map.of("stored", String.valueOf(stored)));
    String sealedBytes =
        postgres.sql("scrip", "select max(octet_length(sealed)) from bench.tokens");
    return new Pgbench(postgres, scripts, work, stored, sealedBytes);
  }

  /** As many transactions a second as go. */
  Sample peak(String script, int clients, Duration window) {
    String output =
        Program.run(
            "pgbench",
            work,
            Map.of(),
            command(
                script,
                List.of(
                    "-c",
                    "" + clients,
                    "-j",
                    "" + Math.min(clients, THREADS),
                    "-T",
                    seconds(window))));
    var tps = TPS.matcher(output);
    if (!tps.find()) {
      throw new BenchException("pgbench said nothing of its throughput:\n" + output);
    }
    List<String> failures =
        FAILED
            .matcher(output)
            .results()
            .map(failed -> failed.group(1) + " transactions failed")
            .toList();
    return new Sample(Double.parseDouble(tps.group(1)), new Latency(0, 0, 0), failures);
  }

  /**
   * Commits at a fixed pace while something else is the load.
   *
   * @param perSecond few beside that load
   */
  Probe probe(int perSecond, Duration window) {
    try {
      Path logs = Files.createTempDirectory(work, "commits-");
      Program program =
          Program.start(
              "pgbench",
              work,
              Map.of(),
              command(
                  "commit",
                  List.of(
                      "-c",
                      "4",
                      "-j",
                      "1",
                      "-T",
                      seconds(window),
                      "--rate=" + perSecond,
                      "-l",
                      "--log-prefix=" + logs.resolve("log"))));
      return new Probe(program, logs);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A run of commits under way. */
  record Probe(Program program, Path logs) {
    /** Waits for its end; each commit counted from when it was due. */
    Latency latency() {
      program.output();
      Histogram micros = new Histogram(3);
      try (Stream<Path> files = Files.list(logs)) {
        for (Path file : files.toList()) {
          try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> micros.recordValue(Long.parseLong(line.split(" ")[2])));
          }
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      return Percentiles.ofMicros(micros);
    }
  }

  private List<String> command(String script, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-n", "-M", "prepared"));
    all.addAll(arguments);
    for (String variable :
        List.of(
            "stored=" + stored,
            "sealed_bytes=" + sealedBytes,
            "sequence=0",
            "run=" + RUNS.incrementAndGet())) {
      all.addAll(List.of("-D", variable));
    }
    all.addAll(List.of("-f", scripts.resolve(script + ".sql").toString()));
    return postgres.client("pgbench", "scrip", all);
  }

  /** It takes whole seconds only. */
  private static String seconds(Duration window) {
    return String.valueOf(Math.max(1, Math.round(window.toMillis() / 1000.0)));
  }
}
