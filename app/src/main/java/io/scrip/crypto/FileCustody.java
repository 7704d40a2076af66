package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Custody by a root that was read from a file and stays in memory. Made for those without an HSM or
 * a transit service.
 *
 * <p>Layout: version (1 byte), root id (4), nonce (12), ciphertext, tag (16). Nonces are random: a
 * root wraps a handful of keys in its life, far from the 2³² that NIST SP 800-38D, section 8.3,
 * allows.
 */
public final class FileCustody implements Custody {
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + RootKey.ID_HEX_DIGITS / 2 + Aes.NONCE_BYTES;
  private static final byte[] PURPOSE = "scrip file custody".getBytes(StandardCharsets.US_ASCII);

  private final RootKey root;
  private final SecureRandom random;

  /**
   * @param root a seal root
   */
  public FileCustody(RootKey root, SecureRandom random) {
    if (root.kind().ofDevelopment() != RootKind.DEVELOPMENT_SEAL) {
      throw new IllegalArgumentException("custody takes a seal root");
    }
    this.root = root;
    this.random = random;
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    byte[] wrapped = new byte[HEAD_BYTES + key.length + Aes.TAG_BYTES];
    byte[] nonce = new byte[Aes.NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer.wrap(wrapped).put(VERSION).put(HexFormat.of().parseHex(root.id())).put(nonce);
    Aes.seal(Aes.cipher(), root.secret(), key, bound(associatedData), wrapped, HEAD_BYTES);
    return wrapped;
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    if (wrapped.length < HEAD_BYTES + Aes.TAG_BYTES || wrapped[0] != VERSION) {
      throw new CryptoException.WillNotOpen();
    }
    return Aes.open(Aes.cipher(), root.secret(), wrapped, bound(associatedData), HEAD_BYTES);
  }

  @Override
  public String rootId() {
    return root.id();
  }

  private static byte[] bound(byte[] associatedData) {
    return Framing.of(PURPOSE, associatedData);
  }

  @Override
  public String toString() {
    return "FileCustody[" + root.id() + "]";
  }
}
