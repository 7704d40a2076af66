package io.scrip.vault;

import io.scrip.journal.Ledger;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Which keys are in force and how far the latest re-key job has come, as this instance saw it last:
 * for gauges, which must not ask the database.
 */
@Singleton
public final class KeyWatch {
  private final Ledger ledger;
  private final Catalog catalog;
  private final RotationStore rotations;
  private final RekeyStore jobs;
  private final InstantSource clock;
  private volatile Optional<KeyInventory> keys = Optional.empty();
  private volatile Optional<RekeyJob> job = Optional.empty();

  KeyWatch(
      Ledger ledger,
      Catalog catalog,
      RotationStore rotations,
      RekeyStore jobs,
      InstantSource clock) {
    this.ledger = ledger;
    this.catalog = catalog;
    this.rotations = rotations;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** One look; this instance learns of keys that another has changed. */
  void look() {
    ledger.commit(
        tx -> {
          keys = Optional.of(rotations.inventory(tx));
          job = jobs.latest(tx, 1).stream().findFirst();
          return catalog.refresh(tx);
        });
  }

  /** How old the key encryption key in force is; empty before the first look. */
  public Optional<Duration> kekAge() {
    return keys.map(seen -> Duration.between(seen.keks().getLast().createdAt(), clock.instant()));
  }

  /** How old the digest key in force is; empty before the first look. */
  public Optional<Duration> digestAge() {
    return keys.map(
        seen -> Duration.between(seen.digests().getLast().createdAt(), clock.instant()));
  }

  /** The latest re-key job, running or ended. */
  public Optional<RekeyJob> job() {
    return job;
  }
}
