package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Signs checkpoints of the audit trail: Ed25519 (RFC 8032), its seed derived from the digest root,
 * so that every instance signs with the same key and there is nothing more to keep. Thread-safe.
 */
public final class AuditSigningKey {
  private static final byte[] PURPOSE = "scrip audit signing".getBytes(StandardCharsets.US_ASCII);

  /** SubjectPublicKeyInfo of Ed25519 up to the key itself, RFC 8410, section 4. */
  private static final byte[] INFO_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_ID_BYTES = 8;

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private AuditSigningKey(byte[] seed) {
    try {
      privateKey =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      // The JDK cannot tell the public half of a seed.
      publicKey = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  public static AuditSigningKey of(RootKey digestRoot) {
    byte[] seed = Hkdf.derive(digestRoot, Framing.of(PURPOSE));
    try {
      return ofSeed(seed);
    } finally {
      Wipe.all(seed);
    }
  }

  /**
   * @param seed 32 bytes, not kept
   */
  static AuditSigningKey ofSeed(byte[] seed) {
    return new AuditSigningKey(seed);
  }

  /**
   * @return 64 bytes
   */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 did not sign", e);
    }
  }

  /** 32 bytes, RFC 8032, section 5.1.5. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** X.509 SubjectPublicKeyInfo in PEM, as {@code openssl pkey -pubin} takes it. */
  public String publicKeyPem() {
    byte[] info = new byte[INFO_HEAD.length + publicKey.length];
    System.arraycopy(INFO_HEAD, 0, info, 0, INFO_HEAD.length);
    System.arraycopy(publicKey, 0, info, INFO_HEAD.length, publicKey.length);
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(info));
  }

  /** 16 hex digits, the beginning of SHA-256 over the public key. */
  public String keyId() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(publicKey);
      return HexFormat.of().formatHex(hash, 0, KEY_ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "audit signing key " + keyId();
  }
}
