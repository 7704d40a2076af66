package io.scrip.identity;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The value behind a token: UTF-8 text, kept to the byte.
 *
 * <p>Prints as {@code [redacted]}, compares in constant time, and is wiped by {@link #close()}.
 */
public final class Plaintext implements AutoCloseable {
  private final byte[] utf8;

  private Plaintext(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * @throws CharacterCodingException when the text holds a lone surrogate, which no UTF-8 can carry
   */
  public static Plaintext of(String text) throws CharacterCodingException {
    ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    Arrays.fill(encoded.array(), (byte) 0);
    return new Plaintext(bytes);
  }

  /** Takes over the array, which the caller no longer touches. */
  public static Plaintext ofUtf8(byte[] utf8) {
    return new Plaintext(utf8);
  }

  public int sizeBytes() {
    return utf8.length;
  }

  /** The bytes themselves, not a copy. */
  public byte[] utf8(PlaintextAccess access) {
    return utf8;
  }

  public String text(PlaintextAccess access) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Plaintext that && MessageDigest.isEqual(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    return utf8.length;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
