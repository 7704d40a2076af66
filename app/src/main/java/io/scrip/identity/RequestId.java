package io.scrip.identity;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one request in the audit trail and in logs.
 *
 * @param value 8 to 64 characters of {@code A-Z a-z 0-9 . _ -}; a UUID, or never so many digits on
 *     end that it could be a card number
 */
public record RequestId(String value) {
  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 64;

  /** The shortest card number, ISO/IEC 7812-1. */
  private static final int CARD_DIGITS = 12;

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  public RequestId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a request id has 8 to 64 characters of A-Z a-z 0-9 . _ -");
    }
  }

  public static RequestId random() {
    return new RequestId(UUID.randomUUID().toString());
  }

  /** The id that the gateway sent along, if it has the shape of one. */
  public static Optional<RequestId> parse(String value) {
    return isValid(value) ? Optional.of(new RequestId(value)) : Optional.empty();
  }

  private static boolean isValid(String value) {
    return value.length() >= MIN_LENGTH
        && value.length() <= MAX_LENGTH
        && isAllowed(value)
        && (longestNumber(value) < CARD_DIGITS || UUID_SHAPE.matcher(value).matches());
  }

  private static boolean isAllowed(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isAllowed(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '.'
        || c == '_'
        || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int longestNumber(String value) {
    int longest = 0;
    int digits = 0;
    for (int i = 0; i < value.length(); i++) {
      digits = isDigit(value.charAt(i)) ? digits + 1 : 0;
      longest = Math.max(longest, digits);
    }
    return longest;
  }

  @Override
  public String toString() {
    return value;
  }
}
