package io.scrip.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
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
  private final Path pause;

  private Disk(Path library, Path pause) {
    this.library = library;
    this.pause = pause;
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
    Disk disk = new Disk(library, work.resolve("slow-sync"));
    disk.slowBy(Duration.ZERO);
    return disk;
  }

  /** What a program is started with, so that its syncs can be slowed. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "SLOW_SYNC_FILE", pause.toString());
  }

  /** From now on each sync of the programs that were started so takes so much longer. */
  void slowBy(Duration more) {
    long micros = TimeUnit.NANOSECONDS.toMicros(more.toNanos());
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(micros);
    try {
      Files.write(pause, bytes.array(), CREATE, WRITE); // in place: programs have it mapped
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Milliseconds of one fdatasync after a page was written, by pg_test_fsync. */
  Sample sync(Postgres postgres) {
    Path file = postgres.folder().resolve("sync-test");
    List<String> command =
        Postgres.asServerUser(
            postgres.program("pg_test_fsync").toString(), "-s", "1", "-f", file.toString());
    try (Program program =
        Program.start("pg_test_fsync", postgres.folder(), environment(), command)) {
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
