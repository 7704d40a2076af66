package io.scrip.vault;

import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.Token;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is sealed together: token, name, subject, creator, metadata and value. That the record knows
 * all that its row has digests of is what lets them be made anew under other keys.
 *
 * <p>Layout: version (1 byte), then each text with its length before it (4 bytes, big-endian; -1
 * where there is none): token, name, subject, creator; the number of metadata entries (2 bytes) and
 * their keys and values; the value last, to the end.
 */
final class TokenRecord {
  private static final byte VERSION = 1;
  private static final int ABSENT = -1;

  private final Token token;
  private final Optional<String> name;
  private final Optional<String> subject;
  private final String creator;
  private final Map<String, String> metadata;
  private final Plaintext data;

  TokenRecord(
      Token token,
      Optional<String> name,
      Optional<String> subject,
      String creator,
      Map<String, String> metadata,
      Plaintext data) {
    this.token = token;
    this.name = name;
    this.subject = subject;
    this.creator = creator;
    this.metadata = metadata;
    this.data = data;
  }

  Token token() {
    return token;
  }

  Optional<String> name() {
    return name;
  }

  Optional<String> subject() {
    return subject;
  }

  /** Subject of the actor that made it. */
  String creator() {
    return creator;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  Plaintext data() {
    return data;
  }

  byte[] encode() {
    List<byte[]> texts = new ArrayList<>();
    metadata.forEach(
        (key, value) -> {
          texts.add(utf8(key));
          texts.add(utf8(value));
        });
    byte[] tokenBytes = token.utf8(PlaintextAccess.GRANTED);
    Optional<byte[]> nameBytes = name.map(TokenRecord::utf8);
    Optional<byte[]> subjectBytes = subject.map(TokenRecord::utf8);
    byte[] creatorBytes = utf8(creator);
    int size = 1 + sizeOf(tokenBytes) + sizeOf(nameBytes) + sizeOf(subjectBytes) + Short.BYTES;
    size += sizeOf(creatorBytes);
    size += texts.stream().mapToInt(TokenRecord::sizeOf).sum() + data.sizeBytes();
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
    put(out, Optional.of(tokenBytes));
    put(out, nameBytes);
    put(out, subjectBytes);
    put(out, Optional.of(creatorBytes));
    out.putShort((short) metadata.size());
    texts.forEach(text -> put(out, Optional.of(text)));
    return out.put(data.utf8(PlaintextAccess.GRANTED)).array();
  }

  /**
   * @throws IllegalArgumentException when the bytes are no record; sealed bytes that open never are
   */
  static TokenRecord decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("unknown version of a record");
      }
      Token token = new Token(text(in).orElseThrow(() -> new IllegalArgumentException("no token")));
      Optional<String> name = text(in);
      Optional<String> subject = text(in);
      String creator = text(in).orElseThrow(() -> new IllegalArgumentException("no creator"));
      Map<String, String> metadata = metadata(in);
      byte[] data = new byte[in.remaining()];
      in.get(data);
      return new TokenRecord(token, name, subject, creator, metadata, Plaintext.ofUtf8(data));
    } catch (BufferUnderflowException _) {
      throw new IllegalArgumentException("a record is cut");
    }
  }

  private static Map<String, String> metadata(ByteBuffer in) {
    int entries = Short.toUnsignedInt(in.getShort());
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < entries; i++) {
      metadata.put(
          text(in).orElseThrow(BufferUnderflowException::new),
          text(in).orElseThrow(BufferUnderflowException::new));
    }
    return metadata;
  }

  private static Optional<String> text(ByteBuffer in) {
    int length = in.getInt();
    if (length == ABSENT) {
      return Optional.empty();
    }
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static void put(ByteBuffer out, Optional<byte[]> text) {
    text.ifPresentOrElse(bytes -> out.putInt(bytes.length).put(bytes), () -> out.putInt(ABSENT));
  }

  private static int sizeOf(Optional<byte[]> text) {
    return text.map(TokenRecord::sizeOf).orElse(Integer.BYTES);
  }

  private static int sizeOf(byte[] text) {
    return Integer.BYTES + text.length;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "TokenRecord[redacted]";
  }
}
