package io.scrip.http;

import io.micronaut.json.tree.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The fields of a JSON object, asked for one by one; whatever is not as asked is refused by name.
 */
final class JsonFields {
  /**
   * A name that looks like one may be repeated to the caller; anything else could be a value in the
   * wrong place.
   */
  private static final Pattern REPEATABLE = Pattern.compile("[A-Za-z_][A-Za-z_-]{0,31}");

  private final JsonNode object;
  private final String path;

  private JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  static JsonFields of(JsonNode object) {
    return new JsonFields(object, "");
  }

  /**
   * @throws RequestException when there are others
   */
  JsonFields only(Set<String> known, String... also) {
    for (Map.Entry<String, JsonNode> field : object.entries()) {
      if (!known.contains(field.getKey()) && !List.of(also).contains(field.getKey())) {
        throw unknown(field.getKey(), known, also);
      }
    }
    return this;
  }

  private RequestException unknown(String name, Set<String> known, String... also) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(List.of(also));
    return new RequestException(
        ProblemType.UNKNOWN_FIELD,
        "Known here: " + String.join(", ", all) + ".",
        at(repeatable(name)));
  }

  /** The name, or words in its place where it could be a value that stands in the wrong place. */
  static String repeatable(String name) {
    return REPEATABLE.matcher(name).matches() ? name : "(a name that is not repeated here)";
  }

  boolean has(String name) {
    JsonNode node = object.get(name);
    return node != null && !node.isNull();
  }

  String text(String name) {
    return findText(name).orElseThrow(() -> invalid(name, "is missing"));
  }

  Optional<String> findText(String name) {
    return find(name)
        .map(
            node -> {
              if (!node.isString()) {
                throw invalid(name, "has to be a string");
              }
              return wellFormed(name, node.getStringValue());
            });
  }

  Optional<Integer> findInt(String name) {
    return find(name)
        .map(
            node -> {
              if (!node.isNumber() || !node.coerceStringValue().matches("-?\\d{1,9}")) {
                throw invalid(name, "has to be a whole number");
              }
              return node.getIntValue();
            });
  }

  boolean flag(String name) {
    return find(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw invalid(name, "has to be true or false");
              }
              return node.getBooleanValue();
            })
        .orElse(false);
  }

  Optional<Duration> findDuration(String name) {
    return findText(name)
        .map(
            text ->
                parse(
                    name,
                    text,
                    Duration::parse,
                    "has to be an ISO 8601 duration such as PT15M or P30D"));
  }

  Optional<Instant> findInstant(String name) {
    return findText(name)
        .map(
            text ->
                parse(
                    name,
                    text,
                    Instant::parse,
                    "has to be an instant such as 2026-01-31T23:59:59Z"));
  }

  /** An object whose values are all strings, in its order. */
  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    find(name)
        .map(node -> inside(name, node))
        .ifPresent(
            fields ->
                fields
                    .object
                    .entries()
                    .forEach(
                        field ->
                            texts.put(
                                fields.wellFormed("", field.getKey()),
                                fields.textOf(field.getKey()))));
    return texts;
  }

  private String textOf(String key) {
    JsonNode node = object.get(key);
    if (node == null || !node.isString()) {
      throw new RequestException(ProblemType.INVALID_FIELD, "Its values have to be strings.", path);
    }
    return wellFormed("", node.getStringValue());
  }

  /** Scalars of any kind as text, for options that may be written as numbers or booleans. */
  Map<String, String> scalars(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    find(name)
        .map(node -> inside(name, node))
        .ifPresent(
            fields ->
                fields
                    .object
                    .entries()
                    .forEach(
                        field -> {
                          if (!field.getValue().isValueNode() || field.getValue().isNull()) {
                            throw new RequestException(
                                ProblemType.INVALID_FIELD,
                                "Its values have to be strings, numbers or booleans.",
                                fields.path);
                          }
                          texts.put(
                              field.getKey(),
                              wellFormed(name, field.getValue().coerceStringValue()));
                        }));
    return texts;
  }

  /** The elements of an array, each to be read with {@link #element}. */
  List<JsonNode> array(String name) {
    JsonNode node = find(name).orElseThrow(() -> invalid(name, "is missing"));
    if (!node.isArray()) {
      throw invalid(name, "has to be an array");
    }
    List<JsonNode> elements = new ArrayList<>();
    node.values().forEach(elements::add);
    return elements;
  }

  /** One element of an array as an object. */
  JsonFields element(String name, int index, JsonNode element) {
    return inside(name + "[" + index + "]", element);
  }

  RequestException invalid(String name, String why) {
    return new RequestException(ProblemType.INVALID_FIELD, "It " + why + ".", at(name));
  }

  private JsonFields inside(String name, JsonNode node) {
    if (!node.isObject()) {
      throw invalid(name, "has to be an object");
    }
    return new JsonFields(node, at(name));
  }

  private Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private <T> T parse(String name, String text, Function<String, T> parser, String otherwise) {
    try {
      return parser.apply(text);
    } catch (DateTimeException | ArithmeticException _) {
      throw invalid(name, otherwise);
    }
  }

  /** A lone surrogate cannot be written in UTF-8, so it could not be given back as it came. */
  private String wellFormed(String name, String text) {
    if (!isWellFormed(text)) {
      throw invalid(name, "holds half of a surrogate pair, which is no character");
    }
    return text;
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private String at(String name) {
    return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
  }
}
