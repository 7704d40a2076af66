package io.scrip.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM of the JDK, NIST SP 800-38D: 96-bit nonces, 128-bit tags. */
final class Aes {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private Aes() {}

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * Seals in place: nonce and what stands before it are there already, ciphertext and tag are put
   * behind.
   *
   * @param out its first {@code headSize} bytes are bound as associated data; the last {@link
   *     #NONCE_BYTES} of them are the nonce
   */
  static void seal(
      Cipher cipher, Key key, byte[] plaintext, byte[] associatedData, byte[] out, int headSize) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(out, headSize));
      cipher.updateAAD(out, 0, headSize);
      cipher.updateAAD(associatedData);
      cipher.doFinal(plaintext, 0, plaintext.length, out, headSize);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM did not seal", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws CryptoException.WillNotOpen when the tag does not fit
   */
  static byte[] open(Cipher cipher, Key key, byte[] sealed, byte[] associatedData, int headSize) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce(sealed, headSize));
      cipher.updateAAD(sealed, 0, headSize);
      cipher.updateAAD(associatedData);
      return cipher.doFinal(sealed, headSize, sealed.length - headSize);
    } catch (AEADBadTagException e) {
      throw new CryptoException.WillNotOpen();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM did not open", e);
    }
  }

  private static GCMParameterSpec nonce(byte[] envelope, int headSize) {
    return new GCMParameterSpec(
        TAG_BYTES * Byte.SIZE, envelope, headSize - NONCE_BYTES, NONCE_BYTES);
  }
}
