package io.scrip.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object and nothing beside it, with the few kinds of value that an export knows:
 * text, whole numbers, {@code true}, objects and lists. A name that stands twice is refused, for
 * readers disagree on which one counts (RFC 8259, section 4).
 */
final class JsonObjects {
  /** An end line holds a list of objects: three deep. */
  private static final int MAX_DEPTH = 3;

  private static final int MAX_NAME = 32;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // a stranger chooses the names
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxStringLength(2 * AuditEvent.MAX_TEXT)
                  .maxNumberLength(Long.toString(Long.MAX_VALUE).length())
                  .build())
          .build();

  private JsonObjects() {}

  static Map<String, Object> read(String line) throws LineException {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new LineException("not a JSON object");
      }
      Map<String, Object> object = object(json);
      if (json.nextToken() != null) {
        throw new LineException("something follows the JSON object");
      }
      return object;
    } catch (IOException e) {
      throw new LineException("not strict JSON"); // the cause would quote the line
    }
  }

  private static Map<String, Object> object(JsonParser json) throws IOException, LineException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      fields.put(name, value(json, json.nextToken()));
    }
    return fields;
  }

  private static List<Object> list(JsonParser json) throws IOException, LineException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      elements.add(value(json, next));
    }
    return elements;
  }

  @SuppressWarnings("UnnecessaryDefault") // most tokens are refused alike
  private static Object value(JsonParser json, JsonToken token) throws IOException, LineException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE -> true;
      case START_OBJECT -> object(json);
      case START_ARRAY -> list(json);
      default -> throw new LineException("a value of an unknown kind");
    };
  }
}
