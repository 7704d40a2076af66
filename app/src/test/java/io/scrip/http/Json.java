package io.scrip.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.micronaut.json.tree.JsonNode;
import io.scrip.TestServer.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Writes requests and reads answers. */
final class Json {
  private Json() {}

  /** An object of names and values in turn. */
  static String of(Object... namesAndValues) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.add(value(namesAndValues[i]) + ":" + value(namesAndValues[i + 1]));
    }
    return object.toString();
  }

  /** JSON that is to stand as it is. */
  record Raw(String json) {}

  static Raw object(Object... namesAndValues) {
    return new Raw(of(namesAndValues));
  }

  /** The body of a batch of these items, each an object in JSON. */
  static String batch(Collection<String> items) {
    return "{\"items\":[" + String.join(",", items) + "]}";
  }

  private static String value(Object value) {
    return switch (value) {
      case Raw(String json) -> json;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Map<?, ?> map -> object(map);
      default ->
          '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value.toString())) + '"';
    };
  }

  private static String object(Map<?, ?> map) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    map.forEach((name, value) -> object.add(value(name) + ":" + value(value)));
    return object.toString();
  }

  static List<JsonNode> list(Answer answer, String field) {
    List<JsonNode> nodes = new ArrayList<>();
    find(answer.json(), field)
        .orElseThrow(() -> new AssertionError("no " + field + " in " + answer.body()))
        .values()
        .forEach(nodes::add);
    return nodes;
  }

  static List<String> texts(Answer answer, String list, String field) {
    return list(answer, list).stream().map(node -> text(node, field)).toList();
  }

  static Optional<JsonNode> find(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field));
  }

  static String text(JsonNode node, String field) {
    return find(node, field)
        .orElseThrow(() -> new AssertionError("no " + field))
        .coerceStringValue();
  }

  /** The names of an object's fields. */
  static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.entries().forEach(entry -> names.add(entry.getKey()));
    return names;
  }
}
