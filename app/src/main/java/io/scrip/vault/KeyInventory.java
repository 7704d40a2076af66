package io.scrip.vault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which keys there are. Names and counts, never a key.
 *
 * @param keks the key encryption keys, oldest first
 * @param digests the digest keys, oldest first
 * @param destroyed what is no more, latest first
 */
public record KeyInventory(
    List<Kek> keks, DataKeys dataKeys, List<DigestKey> digests, List<Destroyed> destroyed) {

  /**
   * @param rootId the seal root that wraps its private half
   * @param digestRootId the digest root whose MAC says that it is ours
   * @param dataKeys how many data keys are sealed to it
   */
  public record Kek(
      int version, String rootId, String digestRootId, long dataKeys, Instant createdAt) {}

  /**
   * @param floor ids below it seal nothing any more
   * @param retired how many keys of records have an id below
   * @param active how many have not
   * @param ciphertexts how many seal what callers keep
   */
  public record DataKeys(
      long floor, long retired, long active, long ciphertexts, Optional<Instant> newest) {}

  /**
   * @param rootId the digest root that it is derived from
   */
  public record DigestKey(int version, String rootId, Instant createdAt) {}

  /**
   * @param version of a data key, the floor below which all were destroyed
   */
  public record Destroyed(String kind, long version, Instant at) {}
}
