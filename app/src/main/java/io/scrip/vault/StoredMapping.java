package io.scrip.vault;

/**
 * A mapping as found, with its state by the database's clock. Unless live, its sealed bytes are
 * empty.
 */
public record StoredMapping(Mapping mapping, State state) {
  /** Whether it still answers. */
  public enum State {
    LIVE,
    EXPIRED,
    REVOKED
  }
}
