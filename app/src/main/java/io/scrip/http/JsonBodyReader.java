package io.scrip.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON with no leniency: UTF-8 only, no field twice, nothing after the end, not deeper than a
 * request of this API can be. What is refused is told without repeating a byte of it.
 */
@Singleton
@Consumes(MediaType.APPLICATION_JSON)
final class JsonBodyReader implements MessageBodyReader<JsonBody> {
  /** The deepest request is a batch item's metadata: object, array, object, object. */
  private static final int MAX_DEPTH = 8;

  private static final int MAX_NAME_LENGTH = 256;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .build())
          .build();

  @Override
  public JsonBody read(
      Argument<JsonBody> type, @Nullable MediaType mediaType, Headers headers, InputStream in) {
    try {
      return read(mediaType, bytesOf(in));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Asked for by its size: readAllBytes takes 16 KiB to begin with, a tenth of a small call. */
  private static byte[] bytesOf(InputStream in) throws IOException {
    byte[] there = in.readNBytes(in.available());
    int next = in.read();
    if (next < 0) {
      return there;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(there);
    all.write(next);
    in.transferTo(all);
    return all.toByteArray();
  }

  static JsonBody read(@Nullable MediaType mediaType, byte[] bytes) {
    Optional.ofNullable(mediaType)
        .flatMap(type -> type.getParameters().get("charset"))
        .filter(charset -> !charset.equalsIgnoreCase("utf-8"))
        .ifPresent(
            _ -> {
              throw new RequestException(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8.");
            });
    JsonNode root = parse(decode(bytes));
    if (!root.isObject()) {
      throw new RequestException(ProblemType.MALFORMED_JSON, "The body has to be a JSON object.");
    }
    return new JsonBody(JsonFields.of(root), bytes);
  }

  private static CharBuffer decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException _) {
      throw new RequestException(ProblemType.MALFORMED_JSON, "The body is not UTF-8.");
    }
  }

  private static JsonNode parse(CharBuffer text) {
    if (text.chars().allMatch(c -> c <= ' ')) {
      throw new RequestException(ProblemType.MALFORMED_JSON, "The body is empty.");
    }
    try (JsonParser parser = FACTORY.createParser(text.array(), 0, text.limit())) {
      if (parser.nextToken() == null) {
        throw new RequestException(ProblemType.MALFORMED_JSON, "The body is empty.");
      }
      JsonNode root = JsonNodeTreeCodec.getInstance().readTree(parser);
      if (parser.nextToken() != null) {
        throw new RequestException(
            ProblemType.MALFORMED_JSON, "Something stands after the end of the JSON object.");
      }
      return root;
    } catch (StreamConstraintsException _) {
      throw new RequestException(
          ProblemType.MALFORMED_JSON,
          "The JSON is deeper, or its names or numbers are longer, than any call needs.");
    } catch (JsonParseException malformed) {
      throw Objects.toString(malformed.getOriginalMessage(), "").startsWith("Duplicate field")
          ? new RequestException(
              ProblemType.DUPLICATE_FIELD, "Each field may stand once in its object.")
          : new RequestException(ProblemType.MALFORMED_JSON, "The body is not JSON.");
    } catch (IOException _) {
      throw new RequestException(ProblemType.MALFORMED_JSON, "The body is not JSON.");
    }
  }
}
