package io.scrip.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the disk takes to make a page durable, and how to make it take longer. */
final class Disk {
  private static final Pattern SYNC =
      Pattern.compile("fdatasync +[0-9.]+ ops/sec +([0-9.]+) usecs/op");

  private final Path library;

  private Disk(Path library) {
    this.library = library;
  }

  /** Compiles the library that is preloaded. */
  static Disk compile(Path source, Path work) {
    Path library = work.resolve("slow-sync.so");
    Program.run(
        "gcc",
        work,
        Map.of(),
        List.of(
            "gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl"));
    return new Disk(library);
  }

  /** What a program is started with, so that each of its syncs takes so much longer. */
  Map<String, String> slowedBy(Duration pause) {
    return pause.isZero()
        ? Map.of()
        : Map.of(
            "LD_PRELOAD",
            library.toString(),
            "SLOW_SYNC_MICROS",
            "" + TimeUnit.NANOSECONDS.toMicros(pause.toNanos()));
  }

  /** Milliseconds of one fdatasync after a page was written, by pg_test_fsync. */
  static Sample sync(Postgres postgres, Map<String, String> environment) {
    Path file = postgres.folder().resolve("sync-test");
    List<String> command =
        Postgres.asServerUser(
            postgres.program("pg_test_fsync").toString(), "-s", "1", "-f", file.toString());
    try (Program program =
        Program.start("pg_test_fsync", postgres.folder(), environment, command)) {
      // It goes on with a dozen other tests; the first line of the kind is the one.
      program.await(
          "done",
          Duration.ofSeconds(60),
          Duration.ofMillis(100),
          () -> SYNC.matcher(program.printed()).find());
      Matcher found = SYNC.matcher(program.printed());
      found.find();
      return Sample.of(Double.parseDouble(found.group(1)) / 1_000);
    }
  }
}
