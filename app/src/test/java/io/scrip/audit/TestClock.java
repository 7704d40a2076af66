package io.scrip.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until told. */
public final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-21T08:00:00.000001Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }
}
