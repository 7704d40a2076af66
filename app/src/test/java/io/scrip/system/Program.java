package io.scrip.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** {@code scrip} in a process of its own, with what it prints. */
final class Program implements AutoCloseable {
  /**
   * A quick start, little memory; and the two flags that keep the JDK's own warnings off standard
   * error.
   */
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-cp",
          System.getProperty("java.class.path"));

  private static final int PATIENCE_MILLIS = 20;

  private final Process process;
  private final Lines output;
  private final Lines errors;

  private Program(Process process) {
    this.process = process;
    this.output = new Lines(process.inputReader());
    this.errors = new Lines(process.errorReader());
  }

  /**
   * @param folder where it runs, so that relative paths end there
   * @param settings become system properties
   * @param arguments {@code serve}, {@code keys generate}, …
   */
  static Program start(Path folder, Map<String, String> settings, String... arguments) {
    List<String> command = new ArrayList<>(JAVA);
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("io.scrip.cli.Main");
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.matches("(SCRIP|MICRONAUT|DATASOURCES)_.*"));
      return new Program(builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts a command and waits for its end. */
  static Ended run(Path folder, Map<String, String> settings, String... arguments) {
    try (Program program = start(folder, settings, arguments)) {
      return program.awaitExit();
    }
  }

  /** Asks again and again, as long as the program runs. */
  void await(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (hasEndedWithin(PATIENCE_MILLIS)) {
        throw new AssertionError("ended before " + what + ": " + awaitExit());
      }
    }
  }

  /** The lines of its output by now. */
  List<String> printed() {
    return List.copyOf(output.lines);
  }

  /** Whether a line of its output holds this text by now. */
  boolean hasPrinted(String text) {
    return output.lines.stream().anyMatch(line -> line.contains(text));
  }

  private boolean hasEndedWithin(int millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** What the JDK's own tool says of the process, from within. */
  void jcmd(String... command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(String.valueOf(process.pid()));
    line.addAll(List.of(command));
    try {
      Process tool = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tool.waitFor() != 0) {
        throw new AssertionError("jcmd: " + said);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** SIGTERM, as Kubernetes and a terminal send it. */
  void stop() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  Ended awaitExit() {
    return new Ended(process.onExit().join().exitValue(), output.all(), errors.all());
  }

  @Override
  public void close() {
    kill();
    process.onExit().join();
  }

  /**
   * @param code the exit code; 128 + 15 after SIGTERM, 128 + 9 after SIGKILL
   */
  record Ended(int code, List<String> output, List<String> errors) {
    String everything() {
      return String.join("\n", Stream.concat(output.stream(), errors.stream()).toList());
    }
  }

  /** Lines as they are printed. */
  private static final class Lines {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Lines(BufferedReader reader) {
      // A thread of the platform: a virtual one would hold its carrier while it waits for a pipe.
      Thread.ofPlatform().daemon().start(() -> read(reader));
    }

    private void read(BufferedReader reader) {
      try (reader) {
        reader.lines().forEach(lines::add);
      } catch (IOException | UncheckedIOException gone) {
        // A killed process leaves a broken pipe, and that is its end.
      } finally {
        end.complete(null);
      }
    }

    List<String> all() {
      end.join();
      return List.copyOf(lines);
    }
  }
}
