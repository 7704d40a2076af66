package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.vault.Mapping;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order to insert in. Two writers that insert the same values in different orders would wait
 * for each other until PostgreSQL ends one of them, a second later; in one common order they only
 * wait in line. Rows of one list that want the same digest keep the order of the list, because the
 * earlier one is to have it.
 */
final class InsertOrder {
  private static final Comparator<LookupDigest> BY_BYTES =
      (a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes());

  private InsertOrder() {}

  static List<Mapping> of(List<Mapping> mappings) {
    Map<LookupDigest, LookupDigest> anchors = new HashMap<>();
    for (Mapping mapping : mappings) {
      if (!anchor(mapping, anchors)) {
        return mappings; // ties several rows together in more than one way: rare, and the list's
        // order is right too
      }
    }
    return mappings.stream()
        .sorted(Comparator.comparing(mapping -> anchors.get(mapping.token()), BY_BYTES))
        .toList();
  }

  /**
   * Gives all digests of the mapping one anchor: that of the earlier row that shares one of them,
   * or its own.
   */
  private static boolean anchor(Mapping mapping, Map<LookupDigest, LookupDigest> anchors) {
    Set<LookupDigest> known = new HashSet<>();
    contended(mapping).map(anchors::get).filter(java.util.Objects::nonNull).forEach(known::add);
    if (known.size() > 1) {
      return false;
    }
    LookupDigest anchor =
        known.stream().findAny().or(() -> contended(mapping).findFirst()).orElseThrow();
    contended(mapping).forEach(digest -> anchors.put(digest, anchor));
    return true;
  }

  /** What is unique, most contended first. */
  private static Stream<LookupDigest> contended(Mapping mapping) {
    return Stream.of(
            mapping.convergence(), mapping.origin(), mapping.name(), Optional.of(mapping.token()))
        .flatMap(Optional::stream);
  }
}
