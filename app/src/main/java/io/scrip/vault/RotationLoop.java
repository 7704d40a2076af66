package io.scrip.vault;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.identity.Plane;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the schedule look now and then, where keys can be rotated. */
@Context
@Requires(missingProperty = "scrip.command")
final class RotationLoop {
  private static final Logger LOG = LoggerFactory.getLogger(RotationLoop.class);

  private final RotationSchedule schedule;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rotation").factory());

  RotationLoop(RotationSchedule schedule, RotationConfig config, Plane plane) {
    this.schedule = schedule;
    if (plane.opens()) {
      long interval = config.interval().toMillis();
      timer.scheduleWithFixedDelay(this::run, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    try {
      schedule.run();
    } catch (RuntimeException failure) {
      LOG.warn("A look at the age of keys failed; the next one comes.", failure);
    }
  }

  @PreDestroy
  void stop() {
    timer.close();
  }
}
