package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * An endless stream of bits out of HMAC-SHA-256 in counter mode: block {@code i} is the MAC of the
 * message and {@code i} (8 bytes, big-endian), read as four longs, big-endian. What it gave once it
 * gives for ever. For one thread at a time.
 */
final class KeyedStream implements RandomGenerator {
  private final MacKey key;
  private final byte[] message;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private long blocks;

  KeyedStream(MacKey key, byte[] message) {
    this.key = key;
    this.message = message;
  }

  @Override
  public long nextLong() {
    if (!block.hasRemaining()) {
      block = ByteBuffer.wrap(key.over(message, blocks++));
    }
    return block.getLong();
  }
}
