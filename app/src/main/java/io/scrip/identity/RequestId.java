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
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{8,64}");
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern CARD_LIKE = Pattern.compile("\\d{12}");

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
    return UUID_SHAPE.matcher(value).matches()
        || (SHAPE.matcher(value).matches() && !CARD_LIKE.matcher(value).find());
  }

  @Override
  public String toString() {
    return value;
  }
}
