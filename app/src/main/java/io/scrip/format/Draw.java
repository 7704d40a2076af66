package io.scrip.format;

import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Draws without bias, and in a way that is fixed for ever: the same bits give the same draws on
 * every version of Java, so that a token can be drawn again.
 *
 * <p>Only {@link RandomGenerator#nextLong()} is ever called. Each long gives two words of 32 bits,
 * the high one first. Words fill a pool, a number that is uniform below a known range; a draw takes
 * its share of the pool by division, or rejects the uneven rest and goes on with that. So nothing
 * is biased and hardly a bit is wasted: a 16-digit number costs one long. An instance belongs to
 * one draw of one token and to one thread.
 */
public final class Draw {
  /** Two thirds to this power is below 2^-500: who gets so far has bits that are not random. */
  private static final int MAX_ATTEMPTS = 1_000;

  private static final long FULL = 1L << 31;
  private static final long LOW_WORD = 0xFFFF_FFFFL;

  private final RandomGenerator bits;
  private long pool;
  private long range = 1;
  private long spareWord;
  private boolean hasSpareWord;

  public Draw(RandomGenerator bits) {
    this.bits = bits;
  }

  /**
   * A number from 0 to {@code bound - 1}, each equally likely.
   *
   * @param bound at least 1
   * @throws IllegalStateException when the bits are stuck; no token is better than one that can be
   *     foreseen
   */
  public int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound is at least 1");
    }
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      fill();
      long quotient = range / bound;
      long even = quotient * bound;
      if (pool < even) {
        int drawn = (int) (pool % bound);
        pool /= bound;
        range = quotient;
        return drawn;
      }
      pool -= even;
      range -= even;
    }
    throw stuck();
  }

  /** So many bytes, each drawn below 256. */
  public byte[] bytes(int count) {
    byte[] drawn = new byte[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (byte) below(256);
    }
    return drawn;
  }

  /** One symbol of the alphabet, as a code point. */
  int pick(Alphabet alphabet) {
    return alphabet.symbol(below(alphabet.size()));
  }

  /** So many symbols of the alphabet. */
  String pick(Alphabet alphabet, int count) {
    StringBuilder picked = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      picked.appendCodePoint(pick(alphabet));
    }
    return picked.toString();
  }

  /**
   * Draws candidates until one is fine.
   *
   * @param candidates of which at least one in three is fine
   */
  String until(Predicate<String> fine, Supplier<String> candidates) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      String candidate = candidates.get();
      if (fine.test(candidate)) {
        return candidate;
      }
    }
    throw stuck();
  }

  private static IllegalStateException stuck() {
    return new IllegalStateException("the source of random bits repeats itself");
  }

  private void fill() {
    if (range < FULL) {
      pool = (pool << 32) | word();
      range <<= 32;
    }
  }

  private long word() {
    if (hasSpareWord) {
      hasSpareWord = false;
      return spareWord;
    }
    long both = bits.nextLong();
    spareWord = both & LOW_WORD;
    hasSpareWord = true;
    return both >>> 32;
  }
}
