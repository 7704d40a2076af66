package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Tells our public halves from those that someone else put into the table: HMAC-SHA-256 under a key
 * of the digest root, which every plane has. So a plane that cannot unwrap the private half still
 * knows whom it seals to.
 */
final class KekMac {
  private static final byte[] PURPOSE =
      "scrip key encryption key mac".getBytes(StandardCharsets.US_ASCII);

  private final RootSet digestRoots;

  KekMac(RootSet digestRoots) {
    this.digestRoots = digestRoots;
  }

  /** Names the root of the MACs that are made now. */
  String rootId() {
    return digestRoots.newest().id();
  }

  byte[] over(int version, byte[] encodedPublicKey) {
    return over(digestRoots.newest(), version, encodedPublicKey);
  }

  /**
   * @throws CryptoException.WillNotOpen when the row is not ours, or its root not at hand
   */
  void verify(KeyTable.KeyEncryptionKey row) {
    RootKey root = digestRoots.find(row.macRootId()).orElseThrow(CryptoException.WillNotOpen::new);
    if (!MessageDigest.isEqual(over(root, row.version(), row.publicKey()), row.mac())) {
      throw new CryptoException.WillNotOpen();
    }
  }

  private static byte[] over(RootKey root, int version, byte[] encodedPublicKey) {
    return new MacKey(Hkdf.derive(root, Framing.of(PURPOSE)))
        .over(Framing.int32(version), encodedPublicKey);
  }
}
