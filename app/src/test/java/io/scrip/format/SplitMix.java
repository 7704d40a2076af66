package io.scrip.format;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014), written
 * out so that no change of the JDK can touch the vectors. Whoever asks it for anything but a long
 * fails.
 */
final class SplitMix implements RandomGenerator {
  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public int nextInt() {
    throw new AssertionError("only nextLong() is the same for ever");
  }

  @Override
  public int nextInt(int bound) {
    throw new AssertionError("only nextLong() is the same for ever");
  }

  @Override
  public void nextBytes(byte[] bytes) {
    throw new AssertionError("only nextLong() is the same for ever");
  }
}
