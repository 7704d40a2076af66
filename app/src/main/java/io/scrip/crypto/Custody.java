package io.scrip.crypto;

/**
 * Who holds the seal root: a file, an HSM that never lets it out, or a transit service. All it does
 * is wrap and unwrap a key of a few dozen bytes, a handful of times in the life of a process, so it
 * may be slow and far away.
 *
 * <p>Thread-safe. The wrapped form is the custodian's own envelope and begins with a version byte.
 */
public interface Custody {
  /**
   * @param key 1 to 1,024 bytes; the caller wipes them
   * @param associatedData bound, not stored: unwrapping needs the same bytes
   * @throws CryptoException.KeyServiceUnavailable when the custodian does not answer in time
   */
  byte[] wrap(byte[] key, byte[] associatedData);

  /**
   * @return the key, in an array that the caller wipes
   * @throws CryptoException.WillNotOpen when anything does not fit, whatever it is
   * @throws CryptoException.KeyServiceUnavailable when the custodian does not answer in time
   */
  byte[] unwrap(byte[] wrapped, byte[] associatedData);

  /** Names the root that {@link #wrap} uses now; says nothing about its bytes. */
  String rootId();

  /**
   * Whether an envelope is under the root that {@link #wrap} uses now. Where it is not, unwrapping
   * and wrapping it again moves it there, and once every envelope is covered no older root is
   * needed.
   *
   * @throws CryptoException.KeyServiceUnavailable when the custodian has to be asked and does not
   *     answer in time
   */
  boolean covers(byte[] wrapped);
}
