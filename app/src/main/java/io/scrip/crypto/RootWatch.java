package io.scrip.crypto;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the roots on disk now and then, so that an idle process drops what is gone as well. */
final class RootWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("roots").daemon().factory());

  RootWatch(Roots roots) {
    thread.scheduleWithFixedDelay(
        roots::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
