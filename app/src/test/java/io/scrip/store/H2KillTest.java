package io.scrip.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.LookupDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2 as the newcomer's default: a process that writes, killed without a word. */
class H2KillTest {
  private static final long SEED = 20261121;
  private static final int ROUNDS = 4;

  /** Begins a line of the writer; what else it prints is its log. */
  private static final String ACKNOWLEDGED = "acknowledged ";

  @TempDir Path folder;

  @Test
  void pitfall_22_whatever_was_acknowledged_survives_a_kill_at_any_moment() throws Exception {
    var random = new Random(SEED);
    Set<LookupDigest> acknowledged = new HashSet<>();
    Databases.h2File(folder).close();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(writeUntilKilled(round, random.nextInt(1, 60)));
      try (var database = Databases.h2File(folder)) {
        var found =
            database.commit(tx -> database.mappings().findByToken(tx, acknowledged).keySet());
        assertThat(found)
            .as("seed %d, round %d", SEED, round)
            .containsExactlyInAnyOrderElementsOf(acknowledged);
      }
    }
  }

  @Test
  void a_file_that_another_process_holds_is_refused_in_one_line() throws Exception {
    Databases.h2File(folder).close();
    Process holder = start(0);
    try (var out = holder.inputReader()) {
      next(out);
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> StoreWiringTest.startOn(folder))
          .havingRootCause()
          .withMessageStartingWith("datasources.default.url: another process holds this H2 file");
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  /**
   * Reads acknowledgements, kills after some of them, and then reads those that were on their way.
   */
  private Set<LookupDigest> writeUntilKilled(int round, int after) throws Exception {
    Set<LookupDigest> acknowledged = new HashSet<>();
    Process writer = start(round);
    try (var out = writer.inputReader()) {
      for (int i = 0; i < after; i++) {
        acknowledged.add(next(out));
      }
      writer
          .toHandle()
          .destroyForcibly(); // unlike the process itself, leaves what was printed readable
      writer.waitFor();
      out.lines()
          .filter(line -> line.matches(ACKNOWLEDGED + "[0-9a-f]{32}"))
          .map(H2KillTest::digest)
          .forEach(acknowledged::add);
    }
    return acknowledged;
  }

  private static LookupDigest next(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(ACKNOWLEDGED)) {
        return digest(line);
      }
    }
    throw new AssertionError("the writer ended by itself");
  }

  private static LookupDigest digest(String line) {
    return LookupDigest.ofHex(line.substring(ACKNOWLEDGED.length()));
  }

  private Process start(int seed) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                String.valueOf(seed)))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * The process that is killed: commits small groups and prints the digest of each token once its
   * group is committed.
   */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      var samples = new Samples(Long.parseLong(args[1]) + SEED);
      var database = Databases.h2File(Path.of(args[0]));
      while (true) {
        var group = List.of(samples.mapping().made(), samples.mapping().made());
        database.ledger().commit(tx -> database.mappings().insert(tx, group));
        group.forEach(mapping -> System.out.println(ACKNOWLEDGED + mapping.token().hex()));
        System.out.flush();
      }
    }
  }
}
