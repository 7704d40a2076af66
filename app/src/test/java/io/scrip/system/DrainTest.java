package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * SIGTERM under load: what was taken is answered, what was answered is kept, and nothing is said
 * about it.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class DrainTest {
  private static final int SIGTERM = 128 + 15;
  private static final int CALLERS = 32;
  private static final int ANSWERS = 1_500;

  /**
   * A compacted row takes about 1 KiB with its indexes and its two audit events; with its synced
   * commits, ten times that.
   */
  private static final long BYTES_PER_TOKEN = 4096;

  private static final long EMPTY_BYTES = 512 * 1024;

  @TempDir Path folder;

  @Test
  void an_instance_on_h2_stops_in_order_and_leaves_a_small_file() throws Exception {
    try (var issuer = new Issuer()) {
      Load load = new Load("h2");
      Deployment deployment = Deployment.onH2(folder, issuer);
      stopUnder(load, deployment);
      assertThat(size()).isLessThan(EMPTY_BYTES + load.made.size() * BYTES_PER_TOKEN);
      assertNothingLost(load, deployment);
    }
  }

  @Test
  void an_instance_on_postgresql_stops_in_order() throws Exception {
    try (var issuer = new Issuer();
        TestDatabase database = Databases.postgres()) {
      Load load = new Load("postgres");
      Deployment deployment = Deployment.onPostgres(folder, issuer, database);
      stopUnder(load, deployment);
      assertNothingLost(load, deployment);
    }
  }

  @Test
  void an_instance_that_nobody_has_called_stops_in_silence() {
    try (var issuer = new Issuer();
        Instance instance = Instance.start(Deployment.onH2(folder, issuer))) {
      instance.program().stop();
      assertSilent(instance.program().awaitExit());
    }
  }

  private static void stopUnder(Load load, Deployment deployment) {
    try (Instance instance = Instance.start(deployment)) {
      AtomicBoolean gone = new AtomicBoolean();
      var callers = load.start(CALLERS, () -> instance, gone::get);
      instance
          .program()
          .await("many answers", () -> load.made.size() >= ANSWERS || !load.wrong.isEmpty());
      instance.program().stop();
      var ended = instance.program().awaitExit();
      gone.set(true);
      callers.await();
      assertThat(load.wrong).isEmpty();
      assertSilent(ended);
    }
  }

  /**
   * A newer version of Flyway is what its own warning asks for, and nothing that concerns the stop.
   */
  private static void assertSilent(Program.Ended ended) {
    assertThat(ended.code()).isEqualTo(SIGTERM);
    assertThat(ended.errors()).isEmpty();
    assertThat(ended.output())
        .noneMatch(line -> line.contains(" ERROR ") || line.contains("Exception"));
    assertThat(
            ended.output().stream()
                .filter(line -> line.contains(" WARN ") && !line.contains("Flyway")))
        .isEmpty();
  }

  /** Every answer is true, and nothing happened that was not answered. */
  private static void assertNothingLost(Load load, Deployment deployment) {
    try (Instance next = Instance.start(deployment)) {
      assertThat(load.lostAt(next)).isEmpty();
      Trail trail = Trail.of(Deployment.verifiedTrail(next));
      assertThat(trail.without("token.tokenize", load.made))
          .as("made and not in the trail")
          .isEmpty();
      assertThat(trail.without("token.detokenize", load.revealed))
          .as("revealed and not in the trail")
          .isEmpty();
      assertThat(minus(trail.allowed("token.tokenize"), load.made))
          .as("made and not answered")
          .isEmpty();
      assertThat(minus(trail.allowed("token.detokenize"), load.revealed))
          .as("revealed and not answered")
          .noneMatch(id -> id.startsWith("open-"));
      List<List<String>> ends = List.copyOf(trail.ends().values());
      assertThat(ends.stream().filter(end -> end.equals(List.of("chain.close", "checkpoint"))))
          .as("chains end with %s", ends)
          .isNotEmpty()
          .hasSizeGreaterThanOrEqualTo(ends.size() - 3); // the running instance's own are open
    }
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private long size() throws IOException {
    return Files.size(folder.resolve("vault.mv.db"));
  }
}
