package io.scrip.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A token as the caller holds it. Whoever has it and the permission gets the value, so it prints as
 * {@code [token]} and compares in constant time.
 */
public final class Token {
  /** No token of any format is longer, in characters. */
  public static final int MAX_LENGTH = 4096;

  private final String text;

  public Token(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a token has 1 to " + MAX_LENGTH + " characters");
    }
    this.text = text;
  }

  public String text(PlaintextAccess access) {
    return text;
  }

  public byte[] utf8(PlaintextAccess access) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Token that
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "[token]";
  }
}
