package io.scrip.format;

/**
 * An ordered set of symbols. The order of the named ones is fixed for ever, since tokens are drawn
 * again by it.
 *
 * @param symbols distinct code points, at least one
 */
record Alphabet(String symbols) {
  static final Alphabet DIGITS = new Alphabet("0123456789");
  static final Alphabet LOWER = new Alphabet("abcdefghijklmnopqrstuvwxyz");
  static final Alphabet UPPER = new Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  static final Alphabet LETTERS = new Alphabet(UPPER.symbols + LOWER.symbols);
  static final Alphabet ALPHANUMERIC = new Alphabet(DIGITS.symbols + LETTERS.symbols);
  static final Alphabet HEX = new Alphabet("0123456789abcdef");
  static final Alphabet LOWER_ALPHANUMERIC = new Alphabet(DIGITS.symbols + LOWER.symbols);

  Alphabet {
    if (symbols.isEmpty() || symbols.codePoints().distinct().count() != count(symbols)) {
      throw new IllegalArgumentException("an alphabet has distinct symbols, at least one");
    }
  }

  /**
   * The alphabet whose only symbol is this code point: what stands at a place that stays as it is.
   */
  static Alphabet only(int codePoint) {
    return new Alphabet(Character.toString(codePoint));
  }

  /** The class of a letter or digit of ASCII; for any other character, that character alone. */
  static Alphabet like(int codePoint) {
    return DIGITS.has(codePoint)
        ? DIGITS
        : LOWER.has(codePoint) ? LOWER : UPPER.has(codePoint) ? UPPER : only(codePoint);
  }

  int size() {
    return count(symbols);
  }

  boolean has(int codePoint) {
    return symbols.indexOf(codePoint) >= 0;
  }

  boolean hasAll(String text) {
    return text.codePoints().allMatch(this::has);
  }

  int symbol(int index) {
    return symbols.codePointAt(symbols.offsetByCodePoints(0, index));
  }

  private static int count(String text) {
    return text.codePointCount(0, text.length());
  }
}
