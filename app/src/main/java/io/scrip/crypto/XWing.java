package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * HPKE (RFC 9180, base mode) with X-Wing, HKDF-SHA-256 and AES-256-GCM: whoever has the public half
 * seals, whoever has the private half opens, and a break of either X25519 or ML-KEM-768 alone opens
 * nothing (draft-connolly-cfrg-xwing-kem).
 *
 * <p>The KEM's identifier (25722) follows a draft; so everything stored begins with {@link #SUITE}.
 */
final class XWing {
  /** The suite byte of what is stored. Another KEM, KDF or AEAD takes another number. */
  static final byte SUITE = 1;

  /** The private half: the seed from which X-Wing expands both of its keys. */
  static final int SEED_BYTES = 32;

  /** 1,184 of ML-KEM-768 and 32 of X25519. */
  static final int PUBLIC_KEY_BYTES = 1_216;

  /** 1,088 of ML-KEM-768 and 32 of X25519. */
  private static final int ENCAPSULATION_BYTES = 1_120;

  /** What an encapsulation draws: 32 for ML-KEM-768, 32 for X25519. */
  private static final int ENCAPSULATION_SEED_BYTES = 64;

  private XWing() {}

  /**
   * @param seed 32 random bytes
   * @return both halves; the library keeps copies of the private one that cannot be wiped
   */
  static AsymmetricCipherKeyPair keyPair(byte[] seed) {
    return hpke().deserializePrivateKey(seed, null);
  }

  static byte[] publicKey(AsymmetricCipherKeyPair pair) {
    return hpke().serializePublicKey(pair.getPublic());
  }

  /**
   * @param publicKey 1,216 bytes
   * @return suite (1 byte), encapsulation (1,120), ciphertext of the same size as the secret, tag
   *     (16)
   * @throws CryptoException.WillNotOpen when the bytes are no public key
   */
  static byte[] seal(
      byte[] publicKey, byte[] info, byte[] associatedData, byte[] secret, SecureRandom random) {
    byte[] seed = new byte[ENCAPSULATION_SEED_BYTES];
    random.nextBytes(seed);
    try {
      HPKE hpke = hpke();
      var sender = hpke.setupBaseS(hpke.deserializePublicKey(publicKey), info, seed);
      byte[] ciphertext = sender.seal(associatedData, secret);
      return ByteBuffer.allocate(1 + ENCAPSULATION_BYTES + ciphertext.length)
          .put(SUITE)
          .put(sender.getEncapsulation())
          .put(ciphertext)
          .array();
    } catch (InvalidCipherTextException | RuntimeException e) {
      throw new CryptoException.WillNotOpen();
    } finally {
      Wipe.all(seed);
    }
  }

  /**
   * @return the secret, in an array that the caller wipes
   * @throws CryptoException.WillNotOpen when anything does not fit
   */
  static byte[] open(
      AsymmetricCipherKeyPair pair, byte[] info, byte[] associatedData, byte[] sealed) {
    if (sealed.length < 1 + ENCAPSULATION_BYTES + Aes.TAG_BYTES || sealed[0] != SUITE) {
      throw new CryptoException.WillNotOpen();
    }
    try {
      byte[] encapsulation = Arrays.copyOfRange(sealed, 1, 1 + ENCAPSULATION_BYTES);
      byte[] ciphertext = Arrays.copyOfRange(sealed, 1 + ENCAPSULATION_BYTES, sealed.length);
      var receiver = hpke().setupBaseR(encapsulation, pair, info);
      return receiver.open(associatedData, ciphertext);
    } catch (InvalidCipherTextException
        | RuntimeException e) { // the library refuses in many ways, we in one
      throw new CryptoException.WillNotOpen();
    }
  }

  /**
   * A fresh one each time: it costs nothing beside the key agreement, and is not documented as
   * thread-safe.
   */
  private static HPKE hpke() {
    return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }
}
