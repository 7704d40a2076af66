package io.scrip.crypto;

import java.util.List;
import java.util.Optional;

/** The roots of one kind that are at hand: the newest is used, the others still open. */
public final class RootSet {
  private final List<RootKey> roots;

  private RootSet(List<RootKey> roots) {
    this.roots = roots;
  }

  /**
   * @param roots oldest first, at least one
   */
  public static RootSet of(RootKey... roots) {
    return new RootSet(List.of(roots));
  }

  public RootKey newest() {
    return roots.getLast();
  }

  public Optional<RootKey> find(String id) {
    return roots.stream().filter(root -> root.id().equals(id)).findFirst();
  }

  public List<RootKey> all() {
    return roots;
  }
}
