package io.scrip.vault;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which keys are in force, as every instance learns with the catalog.
 *
 * @param digestRoots the digest root that each enabled version is derived from; new digests are
 *     made with the highest
 * @param dataKeyFloor no row is sealed under a data key with a lower id any more
 * @param lastErasure the catalog's version when a subject was erased last: data keys of subjects
 *     may be gone since
 */
public record KeyState(
    NavigableMap<Integer, String> digestRoots, long dataKeyFloor, long lastErasure) {
  public KeyState(Map<Integer, String> digestRoots, long dataKeyFloor, long lastErasure) {
    this(new TreeMap<>(digestRoots), dataKeyFloor, lastErasure);
  }

  /** Version 1 of this root, and no rotation yet. */
  static KeyState first(String digestRootId) {
    return new KeyState(Map.of(1, digestRootId), 1, 0);
  }

  /** The version that new digests are made with. */
  public int digestVersion() {
    return digestRoots.lastKey();
  }

  /** Every version that a row may still be found by, the newest first. */
  List<Integer> digestVersions() {
    return List.copyOf(digestRoots.descendingKeySet());
  }

  /** Whoever holds keys by this state. */
  @FunctionalInterface
  public interface Follower {
    void learn(KeyState state);
  }
}
