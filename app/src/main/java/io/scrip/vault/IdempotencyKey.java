package io.scrip.vault;

import java.util.regex.Pattern;

/**
 * Names a call that may be sent again: the same key and body give the same tokens, made once.
 *
 * @param value 1 to 255 visible ASCII characters, the caller's own; kept as a keyed digest only
 * @param body the request's body, byte for byte
 */
public record IdempotencyKey(String value, byte[] body) {
  private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public String toString() {
    return "IdempotencyKey[redacted]";
  }
}
