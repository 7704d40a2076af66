package io.scrip.vault;

import io.scrip.journal.Transaction;
import java.time.Instant;

/** Where a change of the keys in force is written, for every instance to learn of. */
public interface RotationStore {
  /**
   * Waits for every transaction that makes rows by the keys in force now, and lets no other begin
   * until this one ends. What follows it is known to whoever comes after.
   */
  void barrier(Transaction tx);

  /**
   * Enables a version of the digest keys, unless it is there.
   *
   * @return whether it was not
   */
  boolean insertDigestKey(Transaction tx, int version, String rootId, Instant at);

  /**
   * Lets no row be sealed under any data key that is there now.
   *
   * @return the floor: the lowest id that a data key made from now on can have
   */
  long raiseDataKeyFloor(Transaction tx);
}
