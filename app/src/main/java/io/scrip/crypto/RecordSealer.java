package io.scrip.crypto;

/** Stub. */
public final class RecordSealer {
  /** Seals under this node's current data key. */
  public SealedRecord seal(byte[] plaintext, byte[] associatedData) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws CryptoException.WillNotOpen when anything does not fit, whatever it is
   * @throws CryptoException.KeyServiceUnavailable when the data key could not be unwrapped just now
   */
  public byte[] open(long dataKeyId, byte[] sealed, byte[] associatedData) {
    throw new UnsupportedOperationException();
  }

  /** What goes into a row. */
  public record SealedRecord(long dataKeyId, byte[] sealed) {}
}
