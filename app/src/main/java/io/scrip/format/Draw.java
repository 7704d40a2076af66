package io.scrip.format;

import java.util.random.RandomGenerator;

/**
 * Draws without bias, and in a way that is fixed for ever: the same bits give the same draws on every version of Java, so
 * that a token can be drawn again.
 */
public final class Draw {
  private final RandomGenerator bits;

  public Draw(RandomGenerator bits) {
    this.bits = bits;
  }

  long next() {
    return bits.nextLong();
  }
}
