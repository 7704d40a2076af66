package io.scrip.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How one event takes hold of the one before. */
final class ChainHash {
  /** SHA-256, FIPS 180-4. */
  static final int SIZE_BYTES = 32;

  /**
   * Domain byte of a link; an event's encoding starts with 0x00 (the same split as RFC 6962,
   * section 2.1).
   */
  private static final byte LINK = 0x01;

  private ChainHash() {}

  /** What the first event of an empty trail stands on. */
  static byte[] nothing() {
    return new byte[SIZE_BYTES];
  }

  /** SHA-256 of the domain byte, the hash before and the event's body: 65 bytes in all. */
  static byte[] link(byte[] previous, byte[] body) {
    MessageDigest digest = digest();
    digest.update(LINK);
    digest.update(previous);
    return digest.digest(body);
  }

  static byte[] sha256(byte[] bytes) {
    return digest().digest(bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
