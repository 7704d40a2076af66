package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A root: 256 random bits from which everything else hangs. Prints its kind and id, never its
 * bytes.
 */
public final class RootKey {
  /** AES-256, and the output size of HMAC-SHA-256. */
  static final int SIZE_BYTES = 32;

  /** 32 bits tell an operator's few roots apart, and a mistyped file from a whole one. */
  static final int ID_HEX_DIGITS = 8;

  private final RootKind kind;
  private final String id;
  private final SecretBytes secret;

  /** Takes over the array, which the caller no longer touches. */
  RootKey(RootKind kind, byte[] bytes) {
    if (bytes.length != SIZE_BYTES) {
      throw new IllegalArgumentException("a root has " + SIZE_BYTES + " bytes");
    }
    this.kind = kind;
    this.id = idOf(kind, bytes);
    this.secret = new SecretBytes("AES", bytes);
  }

  public static RootKey random(RootKind kind, SecureRandom random) {
    byte[] bytes = new byte[SIZE_BYTES];
    random.nextBytes(bytes);
    return new RootKey(kind, bytes);
  }

  public RootKind kind() {
    return kind;
  }

  /** 8 hex digits of SHA-256 over kind and key; public. */
  public String id() {
    return id;
  }

  public void wipe() {
    secret.wipe();
  }

  SecretBytes secret() {
    return secret;
  }

  boolean isWiped() {
    return secret.isDestroyed();
  }

  boolean hasSameBytesAs(RootKey other) {
    byte[] mine = secret.getEncoded();
    byte[] theirs = other.secret.getEncoded();
    try {
      return MessageDigest.isEqual(mine, theirs);
    } finally {
      Wipe.all(mine, theirs);
    }
  }

  private static String idOf(RootKind kind, byte[] bytes) {
    byte[] hashed = Framing.of(ascii("scrip root id"), ascii(kind.word()), bytes);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(hashed);
      return HexFormat.of().formatHex(hash).substring(0, ID_HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } finally {
      Wipe.all(hashed);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return kind + " root " + id;
  }
}
