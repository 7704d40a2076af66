package io.scrip.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object from a token, read by type. A member of another type refuses the
 * token; nothing is converted. Not a record: its parts are not for printing.
 */
final class Claims {
  private final Map<String, Object> members;

  Claims(Map<String, Object> members) {
    this.members = members;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * A text that names someone.
   *
   * @return absent, or 1 to {@code maxLength} characters that can be stored and shown anywhere: no
   *     control characters (PostgreSQL keeps no NUL) and no half of a surrogate pair (two such
   *     texts would become one in UTF-8)
   */
  Optional<String> identifier(String name, int maxLength) {
    Optional<String> text = text(name);
    if (text.isPresent() && !isIdentifier(text.get(), maxLength)) {
      throw Refusal.MALFORMED.because();
    }
    return text;
  }

  Optional<String> text(String name) {
    return switch (members.get(name)) {
      case String text -> Optional.of(text);
      case null -> absent(name);
      default -> throw Refusal.MALFORMED.because();
    };
  }

  /** RFC 7519, NumericDate: seconds since 1970, fractions allowed; they are cut off. */
  Optional<Instant> time(String name) {
    return switch (members.get(name)) {
      case Number seconds -> Optional.of(instant(seconds));
      case null -> absent(name);
      default -> throw Refusal.MALFORMED.because();
    };
  }

  /** An array of texts; empty when absent. */
  List<String> texts(String name) {
    return switch (members.get(name)) {
      case List<?> items -> items.stream().map(Claims::asText).toList();
      case null -> this.<List<String>>absent(name).orElse(List.of());
      default -> throw Refusal.MALFORMED.because();
    };
  }

  /** {@code aud}: one text or an array of them, RFC 7519, section 4.1.3. */
  List<String> textOrTexts(String name) {
    return members.get(name) instanceof String text ? List.of(text) : texts(name);
  }

  /** A member that is there and null has the wrong type. */
  private <T> Optional<T> absent(String name) {
    if (members.containsKey(name)) {
      throw Refusal.MALFORMED.because();
    }
    return Optional.empty();
  }

  private static String asText(Object item) {
    if (item instanceof String text) {
      return text;
    }
    throw Refusal.MALFORMED.because();
  }

  /**
   * The years 1970 to 9999: what comes after is nonsense and would overflow when a clock skew is
   * added.
   */
  private static Instant instant(Number seconds) {
    long value = seconds.longValue();
    if (value < 0 || value > 253_402_300_799L || Double.isNaN(seconds.doubleValue())) {
      throw Refusal.MALFORMED.because();
    }
    return Instant.ofEpochSecond(value);
  }

  private static boolean isIdentifier(String text, int maxLength) {
    return !text.isEmpty()
        && text.length() <= maxLength
        && text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
