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
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code app/bench/run}: measures the tables it is asked for, in an order in which they do not
 * disturb each other.
 */
@Command(
    name = "app/bench/run",
    usageHelpWidth = 120,
    description = "Measures Scrip against its own database and server, as ratios within one run.",
    footerHeading =
        "%nExit codes: 0 done, 1 a row failed or is out of bounds, 2 wrong command line or the run broke off.%n%nTables:%n")
public final class Bench implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This text.")
  private boolean help;

  @Option(
      names = "--quick",
      description = "Two minutes: whether something broke, not how fast it is.")
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

  @Parameters(
      paramLabel = "TABLE",
      description = "Which tables; without a name, those of the list below that fit.")
  private List<String> names = new ArrayList<>();

  public static void main(String[] arguments) {
    CommandLine command =
        new CommandLine(new Bench())
            .setExecutionExceptionHandler((failure, _, _) -> broke(failure));
    command
        .getCommandSpec()
        .usageMessage()
        .footer(Tables.ALL.stream().map(Tables.Entry::help).toArray(String[]::new));
    System.exit(command.execute(arguments));
  }

  private static int broke(Exception failure) {
    System.err.println(failure instanceof BenchException ? failure.getMessage() : failure);
    Optional.ofNullable(failure.getCause()).ifPresent(System.err::println);
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() {
    List<Tables.Entry> chosen = chosen();
    Path work = workFolder();
    Report report = new Report(app.resolve("target/bench/results.csv"), System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(work), "clean up"));
    try (Bed bed = new Bed(app.toAbsolutePath(), work, scale(), jvm, report)) {
      List<String> machine = Machine.describe(app);
      machine.forEach(System.out::println);
      Map<String, List<Row>> rows = new LinkedHashMap<>();
      chosen.forEach(
          entry -> {
            int before = report.rows().size();
            entry.table().measure(bed);
            rows.put(entry.heading(), report.rows().subList(before, report.rows().size()));
          });
      if (write) {
        Page.write(app.resolve("docs/benchmarks.md"), scale(), machine, rows);
      }
    }
    return verdict(report.rows());
  }

  private List<Tables.Entry> chosen() {
    List<String> known = Tables.ALL.stream().map(Tables.Entry::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "no table " + name + "; there are " + String.join(", ", known));
      }
    }
    return Tables.ALL.stream()
        .filter(entry -> names.isEmpty() ? entry.isIn(quick) : names.contains(entry.name()))
        .toList();
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
      if (Files.getFileStore(folder).type().equals("tmpfs")) {
        throw new BenchException(folder + " is memory, where no sync takes time: --folder");
      }
      return Files.createTempDirectory(
          folder,
          "scrip-bench-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void cleanUp(Path work) {
    Program.endAll();
    Bed.delete(work);
  }
}
