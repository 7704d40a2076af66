package io.scrip.crypto;

import java.nio.ByteBuffer;

/**
 * Joins parts so that no two lists of parts give the same bytes: each part with its length (4
 * bytes, big-endian) before it.
 */
final class Framing {
  private Framing() {}

  static byte[] of(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size = Math.addExact(size, Math.addExact(Integer.BYTES, part.length));
    }
    ByteBuffer joined = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    return joined.array();
  }

  static byte[] int32(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  /**
   * Two bytes a character. UTF-8 would turn every lone surrogate into the same question mark, and
   * two names into one.
   */
  static byte[] text(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    text.chars().forEach(character -> bytes.putChar((char) character));
    return bytes.array();
  }
}
