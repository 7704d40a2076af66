package io.scrip.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes values so that no two sequences of values give the same bytes: numbers have a fixed size,
 * everything else carries its length in front, and what may be missing carries a byte that says so.
 */
final class CanonicalBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  CanonicalBytes octet(int value) {
    out.write(value);
    return this;
  }

  /** 8 bytes, big-endian. */
  CanonicalBytes number(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  /** Microseconds since 1970-01-01T00:00:00Z as a {@link #number}. */
  CanonicalBytes time(Instant at) {
    return number(Micros.of(at));
  }

  /** Length in 4 bytes, big-endian, then the bytes. */
  CanonicalBytes bytes(byte[] value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
    out.writeBytes(value);
    return this;
  }

  /**
   * The UTF-8 form as {@link #bytes}.
   *
   * @throws IllegalArgumentException for a lone surrogate: to write a substitute would make two
   *     texts look the same
   */
  CanonicalBytes text(String value) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes(bytes);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text holds a lone surrogate", e);
    }
  }

  /** 0 for nothing; 1 and the text. */
  CanonicalBytes optionalText(Optional<String> value) {
    return value.map(present -> octet(1).text(present)).orElseGet(() -> octet(0));
  }

  /** 0 for nothing; 1 and the bytes. */
  CanonicalBytes optionalBytes(Optional<byte[]> value) {
    return value.map(present -> octet(1).bytes(present)).orElseGet(() -> octet(0));
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
