package io.scrip.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tables are measured on: a database, a service on it with tokens in store, and the tools
 * of the load. Each is started by the first table that needs it and shared by the others.
 */
final class Bed implements AutoCloseable {
  private static final String DATABASE = "scrip";

  /** Less is what rounds differ by. */
  private static final double QUICKER = 1.05;

  private static final int MOST_WARM_UPS = 5;

  private final Path app;
  private final Path work;
  private final Scale scale;
  private final String jvmOptions;
  private final Report report;
  private final Wrk wrk;
  private final List<Service> others = new ArrayList<>();
  private final Map<Service, Set<Call>> warm = new HashMap<>();

  private @Nullable Disk disk;
  private @Nullable Postgres postgres;
  private @Nullable Service service;
  private @Nullable Loader loader;
  private @Nullable Pgbench pgbench;

  /**
   * @param app the folder of the service's sources and jar
   * @param work the run's own folder, on a real disk
   * @param jvmOptions of every service
   */
  Bed(Path app, Path work, Scale scale, String jvmOptions, Report report) {
    this.app = app;
    this.work = work;
    this.scale = scale;
    this.jvmOptions = jvmOptions;
    this.report = report;
    this.wrk = new Wrk(app.resolve("bench/wrk/calls.lua"), work);
  }

  Scale scale() {
    return scale;
  }

  Report report() {
    return report;
  }

  Wrk wrk() {
    return wrk;
  }

  Path work() {
    return work;
  }

  /** Kept after the run. */
  Path log(String name) {
    return app.resolve("target/bench/" + name + ".log");
  }

  Disk disk() {
    if (disk == null) {
      disk = Disk.compile(app.resolve("bench/slow-sync.c"), work);
    }
    return disk;
  }

  Postgres postgres() {
    if (postgres == null) {
      report.say("starting PostgreSQL");
      postgres = Postgres.start(work, disk().environment());
    }
    return postgres;
  }

  /** Of the service on PostgreSQL. */
  Service.Setup setup() {
    return setup(DATABASE);
  }

  /** Keys and issuer are of one folder, whatever the database. */
  Service.Setup setup(String database) {
    return setup(work.resolve("data"), Optional.of(postgres().jdbcUrl(database)));
  }

  Service.Setup setup(Path data, Optional<String> jdbcUrl) {
    return new Service.Setup(
        app.resolve("bin/scrip"), work, data, jdbcUrl, jvmOptions, Map.of(), Optional.empty());
  }

  Service service() {
    if (service == null) {
      report.say("starting the service");
      service = Service.start(setup());
    }
    return service;
  }

  /** With as many tokens in store as the scale says. */
  Loader loader() {
    if (loader == null) {
      report.say("storing %,d tokens through the API", scale.stored());
      loader = new Loader(service(), work.resolve("tokens"), scale.stored());
      double perSecond = loader.fill(scale.stored());
      report.say("stored %s tokens a second", Figure.number(perSecond));
    }
    return loader;
  }

  Pgbench pgbench() {
    if (pgbench == null) {
      long stored = loader().stored();
      report.say("copying the tables for pgbench");
      pgbench = Pgbench.over(postgres(), app.resolve("bench/pgbench"), work, stored);
    }
    return pgbench;
  }

  /** As {@link #slowed(Duration, Supplier)}, for what reports by itself. */
  void slowed(Duration pause, Runnable measurement) {
    slowed(
        pause,
        () -> {
          measurement.run();
          return true;
        });
  }

  /** Measures while each sync takes so much longer. */
  <T> T slowed(Duration pause, Supplier<T> measurement) {
    disk().slowBy(pause);
    try {
      return measurement.get();
    } finally {
      disk().slowBy(Duration.ZERO);
    }
  }

  /**
   * The next table gets a database of its own, with as many tokens as the first had: one in which
   * the tables before have stored millions more would be slow for that.
   */
  void startOver() {
    if (service == null) {
      return;
    }
    report.say("starting over");
    close();
    others.clear();
    service = null;
    postgres = null;
    pgbench = null;
    if (loader != null) {
      delete(loader.tokens());
      loader = null;
    }
  }

  /** Writes out what is dirty, so that no measurement pays for the one before. */
  void settle() {
    if (postgres != null) {
      postgres.checkpoint();
    }
  }

  /** One more service, to be closed by the table that wants it. */
  Service other(Service.Setup setup) {
    Service other = Service.start(setup);
    others.add(other);
    return other;
  }

  /** A server that gives back what it gets. */
  Echo echo() {
    int port = Ports.free();
    String classes =
        System.getProperty("java.class.path"); // the service's jar, its libraries and ours
    Program program =
        Program.start(
            "echo",
            work,
            Map.of("JDK_JAVA_OPTIONS", jvmOptions),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                EchoServer.class.getName(),
                "" + port,
                service().issuer()));
    Echo echo = new Echo(program, "http://127.0.0.1:" + port);
    program.await(
        "listening", Duration.ofSeconds(60), Duration.ofMillis(10), () -> Ports.answers(port));
    return echo;
  }

  /** A running {@link EchoServer}. */
  record Echo(Program program, String url) implements AutoCloseable {
    @Override
    public void close() {
      program.close();
    }
  }

  /**
   * Calls it until it is compiled, which is when it does not get quicker any more, unless it has
   * been called so before. A quick run has no time to look; of a service on H2, which is much code
   * to compile, it warms one call up, and that one twice.
   */
  void warmUp(Service target, Call call, int connections, Path tokens) {
    if (!warm.computeIfAbsent(target, _ -> EnumSet.noneOf(Call.class)).add(call)) {
      return;
    }
    double before;
    double now = 0;
    int left = scale.isQuick() ? (target.isOnPostgres() ? 1 : 2) : MOST_WARM_UPS;
    do {
      before = now;
      now = peak(target, call, connections, tokens, scale.warmUp()).value();
      left--;
    } while (left > 0 && now > before * QUICKER);
  }

  /** Closed-loop load on a service, values a second. */
  Sample peak(Service target, Call call, int connections, Path tokens, Duration window) {
    return peak(target, load(target, call, connections, tokens, window), call.size());
  }

  /** The same with what a value costs in processor time. */
  Sample peak(Service target, Wrk.Load load, int valuesPerCall) {
    ProcessorTime before = ProcessorTime.now(target, database(target));
    Sample sample = wrk.run(load, valuesPerCall);
    target.settle();
    ProcessorTime after = ProcessorTime.now(target, database(target));
    long values = Math.max(1, Math.round(sample.value() * load.window().toMillis() / 1_000));
    return sample.with(Cost.of(values, before, after));
  }

  private Optional<Postgres> database(Service target) {
    return target.isOnPostgres() ? Optional.of(postgres()) : Optional.empty();
  }

  Wrk.Load load(Service target, Call call, int connections, Path tokens, Duration window) {
    return new Wrk.Load(
        target.url(),
        target.bearer(),
        connections,
        window,
        List.of(call.word(), tokens.toString()));
  }

  /** Open-loop load, started and not waited for. */
  Program paced(Service target, Call call, double perSecond, Path tokens) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BEARER", target.bearer());
    return Program.start(
        "paced",
        work,
        environment,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms768m", // room for a million tokens, so that it hardly ever collects
            "-Xmx768m",
            "-Xmn384m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            PacedLoad.class.getName(),
            target.url(),
            call.name(),
            "" + perSecond,
            "" + Math.max(2, scale.paced().toSeconds()),
            "256",
            tokens.toString()));
  }

  @Override
  public void close() {
    others.forEach(Service::close);
    if (service != null) {
      service.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  /** Removes a file or a folder with all that is in it. */
  static void delete(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(Bed::deleteOne);
    } catch (IOException | UncheckedIOException gone) {
      System.err.println("left behind: " + path + " (" + gone + ")");
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
