package io.scrip.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a transit service answered: its status, and of its JSON the part that was asked for. A
 * complaint never repeats the content, which may be a key.
 */
final class TransitReply {
  private static final int MAX_DEPTH = 16;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final int status;
  private final byte[] body;

  TransitReply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  boolean isOk() {
    return status == 200;
  }

  /**
   * The plain values of an object at the top: {@code data} or {@code auth}. What is nested deeper
   * is passed over.
   *
   * @throws KeyServiceUnavailable when there is no such object, or this is no JSON
   */
  Map<String, Object> part(String name) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
          JsonToken value = json.nextToken();
          if (field.equals(name) && value == JsonToken.START_OBJECT) {
            return plainValues(json);
          }
          json.skipChildren();
        }
      }
    } catch (IOException e) { // left out, it would quote the content
      throw malformed();
    }
    throw malformed();
  }

  private static Map<String, Object> plainValues(JsonParser json) throws IOException {
    Map<String, Object> values = new HashMap<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      switch (json.nextToken()) {
        case VALUE_STRING -> values.put(field, json.getText());
        case VALUE_NUMBER_INT -> values.put(field, json.getLongValue());
        case VALUE_TRUE -> values.put(field, true);
        case VALUE_FALSE -> values.put(field, false);
        case null -> throw malformed();
        default -> json.skipChildren();
      }
    }
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw malformed();
    }
    return values;
  }

  static String text(Map<String, Object> values, String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw malformed();
  }

  static long number(Map<String, Object> values, String name) {
    if (values.get(name) instanceof Long number && number >= 0) {
      return number;
    }
    throw malformed();
  }

  static KeyServiceUnavailable malformed() {
    return new KeyServiceUnavailable("the transit service answered something else than it must");
  }

  void wipe() {
    Wipe.all(body);
  }

  @Override
  public String toString() {
    return "answer " + status;
  }
}
