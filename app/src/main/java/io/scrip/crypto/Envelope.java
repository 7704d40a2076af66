package io.scrip.crypto;

import java.nio.ByteBuffer;

/**
 * What a data key has sealed.
 *
 * <p>Layout: version (1 byte), data key id (8, big-endian), nonce (12), ciphertext, tag (16). The
 * nonce is a counter that starts with the data key, NIST SP 800-38D, section 8.2.1; the key is
 * replaced long before the counter could wrap. What stands before the ciphertext is bound as
 * associated data, together with the caller's.
 */
final class Envelope {
  /** What a sealed record is longer than its plaintext. */
  static final int OVERHEAD_BYTES = 37;

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + Long.BYTES + Aes.NONCE_BYTES;

  /**
   * The nonce's fixed field. A key is used by one process only, so there are no devices to tell
   * apart.
   */
  private static final int NONCE_FIXED_FIELD = 0;

  private Envelope() {}

  static byte[] seal(DataKey key, long counter, byte[] plaintext, byte[] associatedData) {
    byte[] sealed = new byte[plaintext.length + OVERHEAD_BYTES];
    ByteBuffer.wrap(sealed)
        .put(VERSION)
        .putLong(key.id())
        .putInt(NONCE_FIXED_FIELD)
        .putLong(counter);
    key.seal(plaintext, associatedData, sealed, HEAD_BYTES);
    return sealed;
  }

  /**
   * @param key the one whose id the envelope names, held by the caller
   * @throws CryptoException.WillNotOpen when anything does not fit
   */
  static byte[] open(DataKey key, byte[] sealed, byte[] associatedData) {
    return key.open(sealed, associatedData, HEAD_BYTES);
  }

  /**
   * @throws CryptoException.WillNotOpen when this is no envelope
   */
  static long dataKeyId(byte[] sealed) {
    if (sealed.length < OVERHEAD_BYTES || sealed[0] != VERSION) {
      throw new CryptoException.WillNotOpen();
    }
    return ByteBuffer.wrap(sealed).getLong(1);
  }
}
