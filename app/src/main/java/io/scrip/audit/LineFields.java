package io.scrip.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the fields of one JSON object, each as what it has to be, until none is left. */
final class LineFields {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

  private final Map<String, Object> left;

  LineFields(Map<String, Object> object) {
    this.left = object;
  }

  String text(String name) throws LineException {
    return optionalText(name).orElseThrow(() -> new LineException("no field '" + name + "'"));
  }

  /**
   * Text without lone surrogates: they have no UTF-8 form, so their hash could not tell them apart.
   */
  Optional<String> optionalText(String name) throws LineException {
    Optional<String> text = optional(name, String.class);
    if (!text.map(StandardCharsets.UTF_8.newEncoder()::canEncode).orElse(true)) {
      throw malformed(name);
    }
    return text;
  }

  String name(String name) throws LineException {
    return matching(name, Words::isChain);
  }

  long number(String name) throws LineException {
    long number =
        optional(name, Long.class).orElseThrow(() -> new LineException("no field '" + name + "'"));
    if (number < 0) {
      throw malformed(name);
    }
    return number;
  }

  Instant time(String name) throws LineException {
    try {
      return Micros.parse(text(name));
    } catch (DateTimeException e) {
      throw malformed(name);
    }
  }

  byte[] hash(String name) throws LineException {
    return HexFormat.of().parseHex(matching(name, HASH.asMatchPredicate()));
  }

  Optional<byte[]> optionalHash(String name) throws LineException {
    return left.containsKey(name) ? Optional.of(hash(name)) : Optional.empty();
  }

  /** A keyed digest, half as long as a hash. */
  byte[] digest(String name) throws LineException {
    return HexFormat.of().parseHex(matching(name, DIGEST.asMatchPredicate()));
  }

  Optional<byte[]> optionalDigest(String name) throws LineException {
    return left.containsKey(name) ? Optional.of(digest(name)) : Optional.empty();
  }

  byte[] signature(String name) throws LineException {
    return HexFormat.of().parseHex(matching(name, SIGNATURE.asMatchPredicate()));
  }

  boolean flag(String name) throws LineException {
    return optional(name, Boolean.class).isPresent();
  }

  LineFields object(String name) throws LineException {
    return of(left.remove(name), name);
  }

  List<LineFields> objects(String name) throws LineException {
    if (!(left.remove(name) instanceof List<?> elements)) {
      throw malformed(name);
    }
    List<LineFields> objects = new ArrayList<>(elements.size());
    for (Object element : elements) {
      objects.add(of(element, name));
    }
    return objects;
  }

  /** Refuses whatever has not been taken: an unknown field could say what nobody checks. */
  void done() throws LineException {
    if (!left.isEmpty()) {
      throw new LineException("an unknown field, or one that does not belong to this type");
    }
  }

  private String matching(String name, Predicate<String> shape) throws LineException {
    String text = text(name);
    if (!shape.test(text)) {
      throw malformed(name);
    }
    return text;
  }

  private <T> Optional<T> optional(String name, Class<T> kind) throws LineException {
    Object value = left.remove(name);
    if (value != null && !kind.isInstance(value)) {
      throw malformed(name);
    }
    return Optional.ofNullable(value).map(kind::cast);
  }

  @SuppressWarnings("unchecked") // JsonObjects makes no other maps
  private static LineFields of(@Nullable Object value, String name) throws LineException {
    if (!(value instanceof Map<?, ?> fields)) {
      throw malformed(name);
    }
    return new LineFields((Map<String, Object>) fields);
  }

  private static LineException malformed(String name) {
    return new LineException("field '" + name + "' is missing or malformed");
  }
}
