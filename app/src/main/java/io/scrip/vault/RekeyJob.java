package io.scrip.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A re-key job as stored, and so as every instance sees it.
 *
 * @param total how many keys and rows were due when it began
 * @param done how many it has looked at
 * @param failed how many of them did not open, and were left as they were
 * @param reached the last row that it has done; it goes on after it
 */
public record RekeyJob(
    long id,
    RekeyKind kind,
    State state,
    long total,
    long done,
    long failed,
    Optional<UUID> reached,
    Instant startedAt,
    Instant updatedAt,
    Optional<Instant> endedAt) {

  /** Whether it goes on. */
  public enum State {
    RUNNING,
    /** Nothing that was due is left. */
    DONE,
    /** Some did not open; whatever needs an old key keeps it from being destroyed. */
    INCOMPLETE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keys and rows a second since it began, pauses included; 0 before the first. */
  public double rate() {
    double seconds = Duration.between(startedAt, updatedAt).toMillis() / 1_000.0;
    return seconds <= 0 ? 0 : done / seconds;
  }

  /** At the rate so far; empty once ended, or before there is a rate. */
  public Optional<Duration> timeLeft() {
    return endedAt.isPresent() || rate() == 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.round(Math.max(0, total - done) / rate())));
  }
}
