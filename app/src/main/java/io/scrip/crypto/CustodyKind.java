package io.scrip.crypto;

/**
 * Who can hold the seal root. The number is the first byte of every envelope that this custodian
 * makes, so that each envelope is brought to whoever can open it; a number, once used, never
 * changes.
 */
public enum CustodyKind {
  /** Files that the platform mounts: {@link FileCustody}. */
  FILES(1),
  /** A token that never lets its key out. */
  PKCS11(2),
  /** A transit service that never lets its key out. */
  TRANSIT(3);

  private final byte envelope;

  CustodyKind(int envelope) {
    this.envelope = (byte) envelope;
  }

  byte envelope() {
    return envelope;
  }
}
