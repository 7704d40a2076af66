package io.scrip.vault;

import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.journal.Transaction;
import java.time.Instant;

/**
 * Where a change of the keys in force is written, for every instance to learn of, and where it is
 * proved that nothing needs an old one. Numbers of destroyed versions are never given again.
 */
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

  /**
   * Adds a key encryption key, unless its version is there.
   *
   * @return whether it was not
   */
  boolean insert(Transaction tx, KeyEncryptionKey key);

  /**
   * Puts the new wrapping of a key in the place of the old one, unless that has changed meanwhile.
   *
   * @return whether it was replaced
   */
  boolean replace(Transaction tx, KeyEncryptionKey old, KeyEncryptionKey rewrapped);

  /** How many sealed records are under a data key with a lower id than the floor. */
  long recordsBelow(Transaction tx, long dataKeyFloor);

  /**
   * How many rows, data keys of subjects, and idempotent calls that may still be repeated, are
   * found by this version of the digest keys alone, or drawn by it.
   */
  long needsOfDigestKey(Transaction tx, int version);

  void destroyKek(Transaction tx, int version, Instant at);

  /**
   * Destroys the data keys of records with a lower id; those of ciphertexts stay, since nobody can
   * prove that no one has one.
   *
   * @return how many
   */
  long destroyDataKeysBelow(Transaction tx, long floor, Instant at);

  void destroyDigestKey(Transaction tx, int version, Instant at);

  KeyInventory inventory(Transaction tx);
}
