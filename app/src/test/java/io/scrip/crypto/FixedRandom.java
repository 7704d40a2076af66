package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Gives the bytes that a vector prescribes, and no more. */
final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient ByteBuffer bytes;

  FixedRandom(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  @Override
  public void nextBytes(byte[] target) {
    bytes.get(target);
  }
}
