package io.scrip.vault;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.identity.Plane;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the re-keyer run where there is a job, at the pace that is allowed. */
@Context
@Requires(missingProperty = "scrip.command")
final class RekeyLoop {
  private static final Logger LOG = LoggerFactory.getLogger(RekeyLoop.class);

  private final Rekeyer rekeyer;
  private final RekeyConfig config;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("rekey").factory());

  RekeyLoop(Rekeyer rekeyer, RekeyConfig config, Plane plane) {
    this.rekeyer = rekeyer;
    this.config = config;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false); // a stop waits for no next look
    if (plane.opens() && !config.interval().isZero()) {
      next(config.interval());
    }
  }

  private void next(Duration pause) {
    try {
      timer.schedule(this::run, pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("No next look: this instance is stopping.");
    }
  }

  private void run() {
    Duration pause = config.interval();
    try {
      pause = rekeyer.step().map(config::pause).orElse(pause);
    } catch (Rekeyer.LostLease another) {
      LOG.info("Another instance goes on with the re-key job.");
    } catch (RuntimeException failure) {
      LOG.warn("A batch of the re-key job failed and will be tried again.", failure);
    } finally {
      next(pause);
    }
  }

  @PreDestroy
  void stop() {
    timer.shutdown();
    try {
      if (timer.awaitTermination(1, TimeUnit.MINUTES)) {
        rekeyer.release();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException away) {
      LOG.warn("The re-key job stays with this instance until its lease ends.", away);
    }
  }
}
