package io.scrip.vault;

import io.scrip.journal.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Re-key jobs, and the rows that they are about. */
public interface RekeyStore {
  /**
   * @return empty while another job is running
   */
  Optional<RekeyJob> start(Transaction tx, RekeyKind kind, long total, Instant at);

  Optional<RekeyJob> find(Transaction tx, long id);

  /** Latest first. */
  List<RekeyJob> latest(Transaction tx, int limit);

  /**
   * Takes the running job for this runner, or keeps it.
   *
   * @param lease how long a runner that is not heard of keeps it from others, by the database's
   *     clock
   * @return empty when there is none, or another runner has it
   */
  Optional<RekeyJob> lease(Transaction tx, String runner, Duration lease);

  /**
   * Writes what a runner has done since the last time; the lease must have been taken in the same
   * transaction, or not long before.
   *
   * @return false when the job is no longer this runner's: what it did in this transaction must not
   *     be committed
   */
  boolean advance(Transaction tx, RekeyJob job, String runner);

  /** For another runner to take over at once. */
  void release(Transaction tx, String runner);

  /** How many rows are due. */
  long countDue(Transaction tx, RekeyKind kind, KeyState keys);

  /** Rows that are due, held until the transaction ends, by record id after the given one. */
  List<Mapping> due(Transaction tx, RekeyKind kind, KeyState keys, Optional<UUID> after, int limit);

  /** Writes digests, seals and row MACs of rows that are held. */
  void update(Transaction tx, List<Mapping> rows);
}
