package io.scrip.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An installed PostgreSQL server with a data folder and a port of its own, every commit synced to
 * disk. Its data is gone when it is closed.
 */
final class Postgres implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String USER = "scrip";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Durable in every respect, with a quarter of the machine's memory for its buffers, as its manual
   * recommends (section 20.4.1). Checkpoints come between measurements, by command, and so not in
   * the midst of one.
   */
  static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=" + Machine.memoryMib() / 4 + "MB",
          "max_wal_size=8GB",
          "min_wal_size=8GB", // segments are used again, as on a server that has run for a while
          "checkpoint_timeout=30min",
          "max_connections=200");

  private final Path bin;
  private final Path folder;
  private final int port;
  private final Program server;

  private Postgres(Path bin, Path folder, int port, Program server) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  static Postgres start(Path work, Map<String, String> environment) {
    Path bin = findBinaries();
    Path folder = makeFolder(work);
    Program.run(
        "initdb",
        folder,
        Map.of(),
        asServerUser(
            bin.resolve("initdb").toString(),
            "--pgdata=" + folder.resolve("data"),
            "--username=" + USER,
            "--auth=trust", // on loopback, for the length of a run
            "--encoding=UTF8",
            "--locale=C.UTF-8"));
    int port = Ports.free();
    Postgres postgres = new Postgres(bin, folder, port, serve(bin, folder, port, environment));
    postgres.awaitReady();
    postgres.create("scrip");
    return postgres;
  }

  void create(String database) {
    sql("postgres", "create database " + database);
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
  }

  String sql(String database, String statement) {
    server.requireAlive();
    return psql(database, List.of("--command=" + statement));
  }

  void script(String database, Path file, Map<String, String> variables) {
    List<String> arguments = new ArrayList<>(List.of("--file=" + file));
    variables.forEach((name, value) -> arguments.add("--set=" + name + "=" + value));
    psql(database, arguments);
  }

  void checkpoint() {
    sql("postgres", "checkpoint");
  }

  /** A client program of the server's, connected over loopback as the service is. */
  List<String> client(String program, String database, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                bin.resolve(program).toString(), "-h", "127.0.0.1", "-p", "" + port, "-U", USER));
    command.addAll(arguments);
    command.add(database);
    return command;
  }

  static String version() {
    return Program.run(
            "version",
            findBinaries(),
            Map.of(),
            List.of(findBinaries().resolve("postgres").toString(), "--version"))
        .strip();
  }

  long pid() {
    return server.pid();
  }

  /** Where its data lies, for a program that measures the disk. */
  Path folder() {
    return folder;
  }

  Path program(String name) {
    return bin.resolve(name);
  }

  private String psql(String database, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-qAtX", "-v", "ON_ERROR_STOP=1"));
    all.addAll(arguments);
    return Program.run("psql", folder, Map.of(), client("psql", database, all)).strip();
  }

  private static Program serve(Path bin, Path folder, int port, Map<String, String> environment) {
    List<String> arguments =
        new ArrayList<>(
            List.of(bin.resolve("postgres").toString(), "-D", folder.resolve("data").toString()));
    Stream.concat(
            SETTINGS.stream(),
            Stream.of("port=" + port, "listen_addresses=127.0.0.1", "unix_socket_directories="))
        .forEach(setting -> arguments.addAll(List.of("-c", setting)));
    return Program.start(
        "postgres", folder, environment, asServerUser(arguments.toArray(String[]::new)));
  }

  private void awaitReady() {
    server.await(
        "ready",
        PATIENCE,
        Duration.ofMillis(100),
        () -> {
          try {
            psql("postgres", List.of("--command=select 1"));
            return true;
          } catch (BenchException notYet) {
            return false;
          }
        });
  }

  /** The server refuses to run as root. */
  static List<String> asServerUser(String... command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    whole.addAll(List.of(command));
    return whole;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Path makeFolder(Path work) {
    try {
      Path folder = Files.createDirectory(work.resolve("postgres"));
      if (isRoot()) {
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(folder, users.lookupPrincipalByName("postgres"));
      }
      return folder;
    } catch (IOException failure) {
      throw new BenchException("no folder for PostgreSQL, or no user postgres", failure);
    }
  }

  private static Path findBinaries() {
    try (Stream<Path> versions =
        Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.<Path>empty()) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow(
              () ->
                  new BenchException(
                      "no PostgreSQL under " + DEBIAN + ": apt-get install postgresql"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    server.close();
    Bed.delete(folder);
  }
}
