package io.scrip.vault;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.identity.Plane;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the schedule look now and then, where keys can be rotated; and has every instance learn of
 * changed keys, however little it has to do.
 */
@Context
@Requires(missingProperty = "scrip.command")
final class RotationLoop {
  private static final Logger LOG = LoggerFactory.getLogger(RotationLoop.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rotation").factory());

  RotationLoop(RotationSchedule schedule, KeyWatch watch, RotationConfig config, Plane plane) {
    every(config.learn(), watch::look);
    if (plane.opens()) {
      every(config.interval(), schedule::run);
    }
  }

  private void every(Duration interval, Runnable look) {
    Runnable again =
        () -> {
          try {
            look.run();
          } catch (RuntimeException failure) {
            LOG.warn("A look at the keys in force failed; the next one comes.", failure);
          }
        };
    timer.scheduleWithFixedDelay(
        again, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.close();
  }
}
