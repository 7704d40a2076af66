package io.scrip.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes values so that no two sequences of values give the same bytes: numbers have a fixed size,
 * everything else carries its length in front, and what may be missing carries a byte that says so.
 */
final class CanonicalBytes {
  private ByteBuffer out = ByteBuffer.allocate(1024);

  CanonicalBytes octet(int value) {
    room(1).put((byte) value);
    return this;
  }

  /** 8 bytes, big-endian. */
  CanonicalBytes number(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** Microseconds since 1970-01-01T00:00:00Z as a {@link #number}. */
  CanonicalBytes time(Instant at) {
    return number(Micros.of(at));
  }

  /** Length in 4 bytes, big-endian, then the bytes. */
  CanonicalBytes bytes(byte[] value) {
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  /**
   * The UTF-8 form as {@link #bytes}.
   *
   * @throws IllegalArgumentException for a lone surrogate: to write a substitute would make two
   *     texts look the same
   */
  CanonicalBytes text(String value) {
    if (hasLoneSurrogate(value)) {
      throw new IllegalArgumentException("a text holds a lone surrogate");
    }
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))
          && (i + 1 == value.length()
              || !Character.isSurrogatePair(value.charAt(i), value.charAt(++i)))) {
        return true;
      }
    }
    return false;
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
    return Arrays.copyOf(out.array(), out.position());
  }

  private ByteBuffer room(int sizeBytes) {
    if (out.remaining() < sizeBytes) {
      out = ByteBuffer.allocate(2 * (out.position() + sizeBytes)).put(out.flip());
    }
    return out;
  }
}
