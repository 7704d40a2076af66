package io.scrip.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where and on what a run took place. */
final class Machine {
  private static final Pattern CPU = Pattern.compile("model name\\s*: (.+)");
  private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");
  private static final long KIB_PER_MIB = 1024;
  private static final double MIB_PER_GIB = 1024;

  private Machine() {}

  static List<String> describe(Path app) {
    List<String> lines = new ArrayList<>();
    lines.add("Date: " + LocalDate.now() + ", source " + source(app));
    lines.add(
        "Machine: %s, %d cores, %.0f GiB, Linux %s"
            .formatted(
                found(CPU, "/proc/cpuinfo"),
                Runtime.getRuntime().availableProcessors(),
                memoryMib() / MIB_PER_GIB,
                System.getProperty("os.version")));
    lines.add(
        "Load average before: %.2f; the machine should have nothing else to do"
            .formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    lines.add(
        "Memory before: %s ns for a random read in %d MiB, %s µs for a page that was not used before; a quiet machine takes 100 to 200, and 1"
            .formatted(
                Figure.number(MemoryLatency.nanos()),
                MemoryLatency.MIB,
                Figure.number(MemoryLatency.freshPageMicros())));
    lines.add("Java: " + System.getProperty("java.vendor.version") + " " + Runtime.version());
    lines.add("Database: " + Postgres.version() + ", " + String.join(", ", Postgres.SETTINGS));
    return lines;
  }

  static long memoryMib() {
    return Long.parseLong(found(MEMORY, "/proc/meminfo")) / KIB_PER_MIB;
  }

  private static String found(Pattern pattern, String file) {
    try {
      var found = pattern.matcher(Files.readString(Path.of(file)));
      return found.find() ? found.group(1) : "0";
    } catch (IOException unknown) {
      return "0";
    }
  }

  private static String source(Path app) {
    try {
      return Program.run(
              "git", app, Map.of(), List.of("git", "describe", "--always", "--dirty", "--tags"))
          .strip();
    } catch (BenchException noGit) {
      return "unknown";
    }
  }
}
