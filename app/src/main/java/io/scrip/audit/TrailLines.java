package io.scrip.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.scrip.audit.TrailReader.Filter;
import io.scrip.identity.Action;
import io.scrip.identity.LookupDigest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Writes each kind of line. What is not named here is not in the export. */
final class TrailLines {
  private static final JsonFactory JSON = new JsonFactory();

  private TrailLines() {}

  static String event(ChainedEvent chained, boolean anchor) {
    EventFields fields = EventFields.of(chained);
    return line(
        "event",
        json -> {
          place(json, fields.chain(), fields.sequence());
          json.writeStringField("at", Micros.text(fields.at()));
          json.writeStringField("action", fields.action());
          json.writeObjectFieldStart("actor");
          json.writeStringField("issuer", fields.issuer());
          json.writeStringField("subject", fields.subject());
          json.writeStringField("client", fields.client());
          json.writeEndObject();
          json.writeStringField("tenant", fields.tenant());
          optional(json, "template", fields.template());
          optional(json, "tokenDigest", fields.tokenDigest().map(TrailLines::hex));
          optional(json, "subjectDigest", fields.subjectDigest().map(TrailLines::hex));
          optional(json, "purpose", fields.purpose());
          json.writeStringField("outcome", fields.outcome());
          json.writeStringField("reason", fields.reason());
          json.writeStringField("requestId", fields.requestId());
          links(json, chained, anchor);
        });
  }

  static String sealed(ChainedEvent chained, boolean anchor) {
    return line(
        "sealed",
        json -> {
          place(json, chained.chain(), chained.sequence());
          json.writeStringField("body", hex(chained.body()));
          links(json, chained, anchor);
        });
  }

  static String checkpoint(Checkpoint checkpoint) {
    return line(
        "checkpoint",
        json -> {
          place(json, checkpoint.chain(), checkpoint.sequence());
          json.writeStringField("at", Micros.text(checkpoint.at()));
          json.writeStringField("head", hex(checkpoint.head()));
          json.writeStringField("keyId", checkpoint.keyId());
          json.writeStringField("signature", hex(checkpoint.signature()));
        });
  }

  static String end(Closing closing, byte[] signature) {
    return line(
        "end",
        json -> {
          json.writeStringField("at", Micros.text(closing.at()));
          json.writeStringField("tenant", closing.tenant());
          json.writeArrayFieldStart("chains");
          for (Closing.ChainEnd end : closing.chains()) {
            chainEnd(json, end);
          }
          json.writeEndArray();
          json.writeStringField("keyId", closing.keyId());
          json.writeStringField("signature", hex(signature));
        });
  }

  /** The filter stands there too, so that a selection says what it leaves out. */
  static String selection(Instant at, Filter filter) {
    return line(
        "selection",
        json -> {
          json.writeStringField("at", Micros.text(at));
          json.writeStringField("tenant", filter.tenant().value());
          optional(json, "from", filter.from().map(Micros::text));
          optional(json, "to", filter.to().map(Micros::text));
          optional(json, "actor", filter.actor());
          optional(json, "action", filter.action().map(Action::word));
          optional(
              json,
              "subjectDigest",
              filter.subjects().stream()
                  .map(LookupDigest::hex)
                  .sorted()
                  .reduce((a, b) -> a + " " + b));
          optional(json, "tokenDigest", filter.token().map(LookupDigest::hex));
        });
  }

  private static void chainEnd(JsonGenerator json, Closing.ChainEnd end) throws IOException {
    json.writeStartObject();
    place(json, end.chain(), end.sequence());
    json.writeStringField("head", hex(end.head()));
    json.writeNumberField("sealed", end.sealed());
    json.writeNumberField("checkpoints", end.checkpoints());
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, String chain, long sequence) throws IOException {
    json.writeStringField("chain", chain);
    json.writeNumberField("sequence", sequence);
  }

  private static void links(JsonGenerator json, ChainedEvent chained, boolean anchor)
      throws IOException {
    if (chained.sequence() == 1) {
      json.writeStringField("previous", hex(chained.previous()));
    }
    json.writeStringField("hash", hex(chained.hash()));
    if (anchor) {
      json.writeBooleanField("anchor", true);
    }
  }

  private static void optional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String line(String type, Fields fields) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail", e);
    }
    return text.toString();
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
