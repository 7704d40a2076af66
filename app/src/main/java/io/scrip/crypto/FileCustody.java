package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Custody by roots that were read from files and stay in memory. Made for those without an HSM or a
 * transit service.
 *
 * <p>Layout: version (1 byte), root id (4), nonce (12), ciphertext, tag (16). Nonces are random: a
 * root wraps a handful of keys in its life, far from the 2³² that NIST SP 800-38D, section 8.3,
 * allows.
 */
public final class FileCustody implements Custody {
  private static final byte VERSION = CustodyKind.FILES.envelope();
  private static final int ID_BYTES = RootKey.ID_HEX_DIGITS / 2;
  private static final int HEAD_BYTES = 1 + ID_BYTES + Aes.NONCE_BYTES;
  private static final byte[] PURPOSE = "scrip file custody".getBytes(StandardCharsets.US_ASCII);

  private final RootSet roots;
  private final SecureRandom random;

  /**
   * @param roots seal roots; the newest wraps, each unwraps
   */
  public FileCustody(RootSet roots, SecureRandom random) {
    if (roots.all().stream()
        .anyMatch(root -> root.kind().ofDevelopment() != RootKind.DEVELOPMENT_SEAL)) {
      throw new IllegalArgumentException("custody takes seal roots");
    }
    this.roots = roots;
    this.random = random;
  }

  /**
   * @param root a seal root, and no other beside it
   */
  public FileCustody(RootKey root, SecureRandom random) {
    this(RootSet.of(root), random);
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associatedData) {
    RootKey root = roots.newest();
    byte[] wrapped = new byte[HEAD_BYTES + key.length + Aes.TAG_BYTES];
    byte[] nonce = new byte[Aes.NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer.wrap(wrapped).put(VERSION).put(HexFormat.of().parseHex(root.id())).put(nonce);
    Aes.seal(Aes.cipher(), root.secret(), key, bound(associatedData), wrapped, HEAD_BYTES);
    return wrapped;
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
    if (!isOurs(wrapped)) {
      throw new CryptoException.WillNotOpen();
    }
    RootKey root = roots.find(idIn(wrapped)).orElseThrow(CryptoException.WillNotOpen::new);
    return Aes.open(Aes.cipher(), root.secret(), wrapped, bound(associatedData), HEAD_BYTES);
  }

  @Override
  public String rootId() {
    return roots.newest().id();
  }

  @Override
  public boolean covers(byte[] wrapped) {
    return isOurs(wrapped) && idIn(wrapped).equals(rootId());
  }

  private static boolean isOurs(byte[] wrapped) {
    return wrapped.length >= HEAD_BYTES + Aes.TAG_BYTES && wrapped[0] == VERSION;
  }

  private static String idIn(byte[] wrapped) {
    return HexFormat.of().formatHex(wrapped, 1, 1 + ID_BYTES);
  }

  private static byte[] bound(byte[] associatedData) {
    return Framing.of(PURPOSE, associatedData);
  }

  @Override
  public String toString() {
    return "FileCustody[" + rootId() + "]";
  }
}
