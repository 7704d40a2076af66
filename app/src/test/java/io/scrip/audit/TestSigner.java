package io.scrip.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Signs with a key made of one byte repeated: the same in every run. */
public final class TestSigner implements Signer {
  private final String keyId;
  private final byte[] seed;

  public TestSigner(int octet) {
    this.keyId = "test-key-" + octet;
    this.seed = new byte[32];
    Arrays.fill(seed, (byte) octet);
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half as 32 bytes: the last 32 of its SubjectPublicKeyInfo, RFC 8410. */
  public byte[] publicKey() {
    byte[] spki = spki();
    return Arrays.copyOfRange(spki, spki.length - 32, spki.length);
  }

  /**
   * The public half as SubjectPublicKeyInfo. The JDK derives it when its generator is handed our
   * seed as chance.
   */
  public byte[] spki() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      return generator.generateKeyPair().getPublic().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public TrailKey key() {
    return TrailKey.of(publicKey());
  }

  private static final class Fixed extends SecureRandom {
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
