package io.scrip.bench;

import java.time.Duration;

/** Lets other processes work. */
final class Pause {
  private Pause() {}

  static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      throw new BenchException("interrupted", interrupted);
    }
  }
}
