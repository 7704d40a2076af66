package io.scrip.crypto;

/** A custodian far away, that can be told to be out of reach. */
final class FlakyCustody implements Custody {
  private final Custody custody;
  private volatile boolean away;

  FlakyCustody(Custody custody) {
    this.custody = custody;
  }

  void goAway(boolean isAway) {
    away = isAway;
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    answer();
    return custody.wrap(key, associatedData);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    answer();
    return custody.unwrap(wrapped, associatedData);
  }

  @Override
  public String rootId() {
    return custody.rootId();
  }

  @Override
  public boolean covers(byte[] wrapped) {
    answer();
    return custody.covers(wrapped);
  }

  private void answer() {
    if (away) {
      throw new IllegalStateException("connection refused");
    }
  }
}
