package io.scrip.vault;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets housekeeping run now and then. */
@Context
@Requires(missingProperty = "scrip.command")
final class HousekeepingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(HousekeepingLoop.class);

  private final Housekeeping housekeeping;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  HousekeepingLoop(Housekeeping housekeeping, HousekeepingConfig config) {
    this.housekeeping = housekeeping;
    Duration interval = config.interval();
    if (!interval.isZero()) {
      timer.scheduleWithFixedDelay(
          this::run, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    try {
      housekeeping.run();
    } catch (RuntimeException failure) {
      LOG.warn("A round of housekeeping failed; the next one goes on with it.", failure);
    }
  }

  @PreDestroy
  void stop() {
    timer.close();
  }
}
