package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF with SHA-256 of the JDK, RFC 5869. */
final class Hkdf {
  /** Sets what is derived here apart from whatever else the same bytes might ever be used for. */
  private static final byte[] SALT = "scrip digest root".getBytes(StandardCharsets.US_ASCII);

  private Hkdf() {}

  /**
   * @param info tells one key from the other; made by {@link Framing}, so that no two purposes look
   *     alike
   * @return 32 bytes, which the caller wipes
   */
  static byte[] derive(RootKey root, byte[] info) {
    return derive(root.secret(), SALT, info, RootKey.SIZE_BYTES);
  }

  static byte[] derive(SecretKey key, byte[] salt, byte[] info, int sizeBytes) {
    var parameters =
        HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, sizeBytes);
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 25 on has HKDF-SHA256", e);
    }
  }
}
