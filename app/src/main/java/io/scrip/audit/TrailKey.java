package io.scrip.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public half of the key that signs the trail: Ed25519, RFC 8032. */
public final class TrailKey {
  private static final int SIZE_BYTES = 32;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----");

  /** What stands before the 32 bytes in a SubjectPublicKeyInfo, RFC 8410, section 4. */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  private TrailKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a key as PEM ({@code BEGIN PUBLIC KEY}), or its 32 bytes in hex, base64 or base64url.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static TrailKey parse(String text) {
    String trimmed = text.strip();
    Matcher pem = PEM.matcher(trimmed);
    if (pem.matches()) {
      return ofSpki(Base64.getMimeDecoder().decode(pem.group(1)));
    }
    return of(HEX.matcher(trimmed).matches() ? HexFormat.of().parseHex(trimmed) : base64(trimmed));
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }

  /**
   * Takes a key as its bare bytes.
   *
   * @param raw 32 bytes, as RFC 8032 encodes a point
   * @throws IllegalArgumentException when they are no key
   */
  public static TrailKey of(byte[] raw) {
    if (raw.length != SIZE_BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has " + SIZE_BYTES + " bytes");
    }
    byte[] spki = new byte[SPKI_PREFIX.length + SIZE_BYTES];
    System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
    System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, SIZE_BYTES);
    return ofSpki(spki);
  }

  private static TrailKey ofSpki(byte[] spki) {
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
      Signature.getInstance("Ed25519").initVerify(key); // refuses what is no point on the curve
      return new TrailKey(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /** Whether this key made the signature; a signature of the wrong shape is a no. */
  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
