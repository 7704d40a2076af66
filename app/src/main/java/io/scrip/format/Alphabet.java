package io.scrip.format;

import java.util.Arrays;

/**
 * An ordered set of symbols. The order of the named ones is fixed for ever, since tokens are drawn
 * again by it.
 */
final class Alphabet {
  static final Alphabet DIGITS = of("0123456789");
  static final Alphabet LOWER = of("abcdefghijklmnopqrstuvwxyz");
  static final Alphabet UPPER = of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  static final Alphabet LETTERS = of(UPPER.symbols() + LOWER.symbols());
  static final Alphabet ALPHANUMERIC = of(DIGITS.symbols() + LETTERS.symbols());
  static final Alphabet HEX = of("0123456789abcdef");
  static final Alphabet LOWER_ALPHANUMERIC = of(DIGITS.symbols() + LOWER.symbols());

  private final int[] codePoints;

  private Alphabet(int... codePoints) {
    this.codePoints = codePoints;
  }

  /**
   * @param symbols distinct code points, at least one
   */
  static Alphabet of(String symbols) {
    int[] codePoints = symbols.codePoints().toArray();
    if (symbols.isEmpty() || symbols.codePoints().distinct().count() != codePoints.length) {
      throw new IllegalArgumentException("an alphabet has distinct symbols, at least one");
    }
    return new Alphabet(codePoints);
  }

  /**
   * The alphabet whose only symbol is this code point: what stands at a place that stays as it is.
   */
  static Alphabet only(int codePoint) {
    return new Alphabet(codePoint);
  }

  /** The class of a letter or digit of ASCII; for any other character, that character alone. */
  static Alphabet like(int codePoint) {
    return DIGITS.has(codePoint)
        ? DIGITS
        : LOWER.has(codePoint) ? LOWER : UPPER.has(codePoint) ? UPPER : only(codePoint);
  }

  int size() {
    return codePoints.length;
  }

  String symbols() {
    return new String(codePoints, 0, codePoints.length);
  }

  boolean has(int codePoint) {
    for (int symbol : codePoints) {
      if (symbol == codePoint) {
        return true;
      }
    }
    return false;
  }

  boolean hasAll(String text) {
    return text.codePoints().allMatch(this::has);
  }

  /** A code point. */
  int symbol(int index) {
    return codePoints[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Alphabet that && Arrays.equals(codePoints, that.codePoints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codePoints);
  }
}
