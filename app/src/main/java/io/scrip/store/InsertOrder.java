package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.vault.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    Map<LookupDigest, LookupDigest> anchors = HashMap.newHashMap(2 * mappings.size());
    for (Mapping mapping : mappings) {
      if (!anchor(contended(mapping), anchors)) {
        return mappings; // ties several rows together in more than one way: rare, and the list's
        // order is right too
      }
    }
    List<Mapping> ordered = new ArrayList<>(mappings);
    ordered.sort(Comparator.comparing(mapping -> anchors.get(mapping.token()), BY_BYTES));
    return ordered;
  }

  /**
   * Gives all digests of a mapping one anchor: that of the earlier row that shares one of them, or
   * the first.
   *
   * @return whether there is but one such row
   */
  private static boolean anchor(
      List<LookupDigest> contended, Map<LookupDigest, LookupDigest> anchors) {
    LookupDigest anchor = contended.getFirst();
    boolean shared = false;
    for (LookupDigest digest : contended) {
      LookupDigest known = anchors.get(digest);
      if (known != null && shared && !known.equals(anchor)) {
        return false;
      }
      if (known != null) {
        anchor = known;
        shared = true;
      }
    }
    for (LookupDigest digest : contended) {
      anchors.put(digest, anchor);
    }
    return true;
  }

  /** What is unique, most contended first. */
  private static List<LookupDigest> contended(Mapping mapping) {
    List<LookupDigest> contended = new ArrayList<>(4);
    mapping.convergence().ifPresent(contended::add);
    mapping.origin().ifPresent(contended::add);
    mapping.name().ifPresent(contended::add);
    contended.add(mapping.token());
    return contended;
  }
}
