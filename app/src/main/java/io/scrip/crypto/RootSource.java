package io.scrip.crypto;

import java.util.List;

/** Where roots come from, and whether they are still the same there. */
interface RootSource {
  /**
   * What it looks like now, in a few system calls; equal to an earlier answer when nothing was
   * changed since.
   *
   * @throws io.scrip.identity.StartRefused when it cannot be looked at
   */
  Object appearance();

  /**
   * @return at least one, the current one last
   * @throws io.scrip.identity.StartRefused when anything there is not as it must be
   */
  List<RootKey> read();

  /** Roots that are in memory already and never change: for tests and tools. */
  static RootSource fixed(List<RootKey> roots) {
    List<RootKey> copy = List.copyOf(roots);
    return new RootSource() {
      @Override
      public Object appearance() {
        return copy;
      }

      @Override
      public List<RootKey> read() {
        return copy;
      }
    };
  }
}
