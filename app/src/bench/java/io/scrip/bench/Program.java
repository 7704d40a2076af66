package io.scrip.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Another program, its output in a file. None outlives this one. */
final class Program implements AutoCloseable {
  private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();
  private static final int TAIL_LINES = 30;

  /** The service drains for 25 s at most, {@code scrip.journal.drain-timeout}. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path log;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts it and does not wait. */
  static Program start(
      String name, Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path log = Files.createTempFile("scrip-bench-" + name + "-", ".log");
      log.toFile().deleteOnExit();
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.directory(folder.toFile());
      // A setting of the machine must not change what is measured.
      builder
          .environment()
          .keySet()
          .removeIf(key -> key.matches("(SCRIP|MICRONAUT|DATASOURCES|JDK_JAVA|PG)_?.*"));
      builder.environment().putAll(environment);
      Program program = new Program(name, builder.start(), log);
      RUNNING.add(program);
      return program;
    } catch (IOException failure) {
      throw new BenchException(command.getFirst() + " does not start", failure);
    }
  }

  /**
   * Runs it to its end.
   *
   * @return what it printed
   * @throws BenchException when it ends with another code than 0
   */
  static String run(
      String name, Path folder, Map<String, String> environment, List<String> command) {
    return start(name, folder, environment, command).output();
  }

  /** Waits for its end; what it printed. */
  String output() {
    try {
      int code = process.waitFor();
      RUNNING.remove(this);
      if (code != 0) {
        throw new BenchException(name + " ended with " + code + ":\n" + tail());
      }
      String output = Files.readString(log, StandardCharsets.UTF_8);
      Files.delete(log);
      return output;
    } catch (IOException failure) {
      throw new BenchException("the output of " + name + " cannot be read", failure);
    } catch (InterruptedException interrupted) {
      throw new BenchException(name + " was interrupted", interrupted);
    }
  }

  /** Asks every {@code pause} until it holds; ends the run when the program ends first. */
  void await(String what, Duration atMost, Duration pause, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      requireAlive();
      if (System.nanoTime() > end) {
        throw new BenchException(name + " was not " + what + " within " + atMost + ":\n" + tail());
      }
      Pause.of(pause);
    }
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw new BenchException(name + " is dead, code " + process.exitValue() + ":\n" + tail());
    }
  }

  /** What it printed lately. */
  String printed() {
    return tail();
  }

  long pid() {
    return process.pid();
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException failure) {
      return "(its log cannot be read: " + failure + ")";
    }
  }

  /** SIGTERM, then patience, then SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(this);
  }

  /** The run was ended from outside: SIGTERM to all, and SIGKILL to those that do not follow. */
  static void endAll() {
    RUNNING.forEach(program -> program.process.destroy());
    long end = System.nanoTime() + LAST_PATIENCE.toNanos();
    while (RUNNING.stream().anyMatch(program -> program.process.isAlive())
        && System.nanoTime() < end) {
      Pause.of(Duration.ofMillis(50));
    }
    RUNNING.forEach(program -> program.process.destroyForcibly().onExit().join());
  }
}
