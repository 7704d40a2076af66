package io.scrip.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** One JSON object on a line, for programs that read what a command says. */
final class Output {
  private static final JsonFactory JSON = new JsonFactory();

  private Output() {}

  static void json(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(text);
  }

  /** Writes the object's fields. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
