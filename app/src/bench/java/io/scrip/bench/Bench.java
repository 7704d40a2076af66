package io.scrip.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code app/bench/run}: measures the tables it is asked for, in an order in which they do not disturb each other. */
@Command(
    name = "app/bench/run",
    usageHelpWidth = 120,
    description = "Measures Scrip against its own database and server, as ratios within one run.",
    footer = {
      "",
      "Tables, in the order in which they are measured; * only when named:",
      "  disk        what one sync costs, as it is and slowed",
      "  echo        the bare server, with and without token check; encrypt against it",
      "  detokenize  at 64, 16 and 1 clients and in batches, against pgbench; latency at half of the peak",
      "  tokenize    the same",
      "  slow        both once more with each sync slowed by 1 ms",
      "  h2          the newcomer's database",
      "  start       from the start to the first 200",
      "  instances   1, 2 and 4 on one database (not with --quick)",
      "  memory      resident and heap under full load (not with --quick)",
      "  micro       JMH: sealing, digests, formats, token check, JSON (not with --quick)",
      "  growth *    a lookup with 10 k to 10 M tokens stored; takes some 25 GB of disk",
      "",
      "Exit codes: 0 done, 1 a row failed or is out of bounds, 2 wrong command line or the run broke off."
    })
public final class Bench implements Callable<Integer> {
  private static final List<String> NOT_QUICK = List.of("instances", "memory", "micro");
  private static final List<String> ONLY_NAMED = List.of("growth");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "This text.")
  private boolean help;

  @Option(names = "--quick", description = "Two minutes: whether something broke, not how fast it is.")
  private boolean quick;

  @Option(names = "--check", description = "Ends with 1 when a row is out of app/bench/bounds.csv.")
  private boolean check;

  @Option(names = "--write", description = "Writes app/docs/benchmarks.md.")
  private boolean write;

  @Option(
      names = "--jvm",
      defaultValue = "-Xmx256m",
      description = "JVM options of the service, ${DEFAULT-VALUE} unless given.")
  private String jvm = "";

  @Option(names = "--stored", description = "Tokens in store while calls are measured.")
  private int stored;

  @Option(names = "--grow-to", description = "The largest store of the table growth.")
  private int growTo;

  @Option(names = "--memory-minutes", description = "How long the table memory loads the service.")
  private int memoryMinutes;

  @Option(
      names = "--folder",
      defaultValue = "/var/tmp",
      description = "Where the run's data lies, on a real disk; ${DEFAULT-VALUE} unless given.")
  private Path folder = Path.of("/var/tmp");

  @Option(names = "--app", hidden = true)
  private Path app = Path.of("app");

  @Parameters(paramLabel = "TABLE", description = "Which tables; all but those marked * when none is named.")
  private List<String> names = new ArrayList<>();

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench())
            .setExecutionExceptionHandler(
                (failure, _, _) -> {
                  System.err.println(
                      failure instanceof BenchException ? failure.getMessage() : failure.toString());
                  if (failure.getCause() != null) {
                    System.err.println(failure.getCause());
                  }
                  return CommandLine.ExitCode.USAGE;
                })
            .execute(arguments));
  }

  private static Map<String, Table> tables() {
    Map<String, Table> tables = new LinkedHashMap<>();
    tables.put("disk", new DiskTable());
    tables.put("echo", new EchoTable());
    tables.put("detokenize", CallTable.detokenize()); // before tokenize, which makes the store grow
    tables.put("tokenize", CallTable.tokenize());
    tables.put("slow", CallTable.slowed());
    tables.put("h2", new H2Table());
    tables.put("start", new StartTable());
    tables.put("instances", new InstancesTable());
    tables.put("memory", new MemoryTable());
    tables.put("micro", new MicroTable());
    tables.put("growth", new GrowthTable());
    return tables;
  }

  @Override
  public Integer call() {
    Map<String, Table> chosen = chosen();
    Path work = workFolder();
    Report report = new Report(app.resolve("target/bench/results.csv"), System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(work), "clean up"));
    try (Bed bed = new Bed(app.toAbsolutePath(), work, scale(), jvm, report)) {
      List<String> machine = Machine.describe(app);
      machine.forEach(System.out::println);
      Map<String, List<Row>> rows = new LinkedHashMap<>();
      chosen.forEach(
          (name, table) -> {
            int before = report.rows().size();
            table.measure(bed);
            rows.put(name, report.rows().subList(before, report.rows().size()));
          });
      if (write) {
        Page.write(app.resolve("docs/benchmarks.md"), bed, machine, rows);
      }
    }
    return verdict(report.rows());
  }

  private Map<String, Table> chosen() {
    Map<String, Table> tables = tables();
    for (String name : names) {
      if (!tables.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(), "no table " + name + "; there are " + String.join(", ", tables.keySet()));
      }
    }
    tables.keySet().removeIf(name -> names.isEmpty() ? isLeftOut(name) : !names.contains(name));
    return tables;
  }

  private boolean isLeftOut(String name) {
    return ONLY_NAMED.contains(name) || quick && NOT_QUICK.contains(name);
  }

  private Scale scale() {
    Scale scale = quick ? Scale.QUICK : Scale.FULL;
    if (stored > 0) {
      scale = scale.withStored(stored);
    }
    if (growTo > 0) {
      scale = scale.withGrowthTo(growTo);
    }
    return memoryMinutes > 0 ? scale.withMemory(Duration.ofMinutes(memoryMinutes)) : scale;
  }

  private int verdict(List<Row> rows) {
    List<String> wrong =
        new ArrayList<>(
            rows.stream().filter(Row::failed).map(row -> row.id() + " failed").toList());
    if (check) {
      wrong.addAll(Bounds.read(app.resolve("bench/bounds.csv")).broken(rows));
    }
    System.out.println("results: app/target/bench/results.csv");
    wrong.forEach(System.out::println);
    return wrong.isEmpty() ? 0 : 1;
  }

  /** The database's user has to come through to its own folder. */
  private Path workFolder() {
    try {
      Files.createDirectories(app.resolve("target/bench"));
      return Files.createTempDirectory(
          folder,
          "scrip-bench-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void cleanUp(Path work) {
    Program.killAll();
    Bed.delete(work);
  }
}
