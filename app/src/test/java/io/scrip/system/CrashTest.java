package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Processes that are killed in the middle of everything, and what they had answered until then. */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
@Timeout(600)
class CrashTest {
  private static final Random RANDOM = new Random(20261121);
  private static final int ROUNDS = 4;
  private static final int CALLERS = 64;

  /** Answers to wait for before and after each kill. */
  private static final int ANSWERS = 1_000;

  /** The pool of one instance, {@code datasources.default.maximum-pool-size}. */
  private static final int POOL = 16;

  /**
   * Threads that a busy service may start late: pools that fill up, never one for each call or
   * round.
   */
  private static final int LATE_THREADS = 20;

  private static final String CONNECTIONS =
      "select count(*) from pg_stat_activity where application_name = 'scrip' and datname = current_database()";

  @TempDir Path folder;

  @Test
  void whatever_one_of_two_instances_answered_before_it_was_killed_is_true() throws Exception {
    try (var issuer = new Issuer();
        TestDatabase database = Databases.postgres()) {
      Deployment deployment = Deployment.onPostgres(folder, issuer, database);
      try (Instance survivor = Instance.start(deployment)) {
        Load steady = new Load("steady");
        Load broken = new Load("broken");
        AtomicBoolean done = new AtomicBoolean();
        var callers = steady.start(CALLERS / 2, () -> survivor, done::get);
        killAgainAndAgain(deployment, broken, survivor);
        double threads = survivor.metric("jvm_threads_live_threads");
        killAgainAndAgain(deployment, broken, survivor);
        assertThat(survivor.metric("jvm_threads_live_threads"))
            .isLessThanOrEqualTo(threads + LATE_THREADS);
        done.set(true);
        callers.await();
        assertThat(steady.unanswered).hasValue(0);
        assertTrue(steady, survivor);
        assertTrue(broken, survivor);
        assertThat(Integer.parseInt(database.ask(CONNECTIONS))).isLessThanOrEqualTo(POOL);
      }
    }
  }

  @Test
  void whatever_was_answered_on_h2_before_the_kill_is_true_after_the_restart() {
    try (var issuer = new Issuer()) {
      Deployment deployment = Deployment.onH2(folder, issuer);
      Load load = new Load("h2");
      for (int round = 0; round < 2; round++) {
        killUnder(load, deployment);
      }
      try (Instance last = Instance.start(deployment)) {
        assertTrue(load, last);
      }
    }
  }

  private static void killAgainAndAgain(Deployment deployment, Load load, Instance survivor) {
    for (int round = 0; round < ROUNDS / 2; round++) {
      killUnder(load, deployment);
      assertThat(load.lostAt(survivor)).as("lost in round %d", round).isEmpty();
    }
  }

  /** Starts an instance, lets callers loose on it and kills it when it is busy. */
  private static void killUnder(Load load, Deployment deployment) {
    try (Instance victim = Instance.start(deployment)) {
      int until = load.made.size() + ANSWERS + RANDOM.nextInt(ANSWERS);
      AtomicBoolean dead = new AtomicBoolean();
      var callers = load.start(CALLERS / 2, () -> victim, dead::get);
      victim
          .program()
          .await("many answers", () -> load.made.size() >= until || !load.wrong.isEmpty());
      victim.program().kill();
      victim.program().awaitExit();
      dead.set(true);
      callers.await();
    }
  }

  /** Nothing answered is lost, nothing was revealed without its event, and the trail is whole. */
  private static void assertTrue(Load load, Instance instance) {
    assertThat(load.wrong).isEmpty();
    assertThat(load.lostAt(instance)).isEmpty();
    Trail trail = Trail.of(Deployment.verifiedTrail(instance));
    assertThat(load.made).isNotEmpty();
    assertThat(trail.without("token.tokenize", load.made))
        .as("made and not in the trail")
        .isEmpty();
    assertThat(load.revealed).isNotEmpty();
    assertThat(trail.without("token.detokenize", load.revealed))
        .as("revealed and not in the trail")
        .isEmpty();
  }
}
