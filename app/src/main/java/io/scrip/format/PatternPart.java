package io.scrip.format;

/** One part of a pattern; it prints as it is written. */
sealed interface PatternPart {
  /**
   * Characters of the data.
   *
   * @param count positive: so many from the start, going on where the keep before stopped;
   *     negative: so many from the end
   */
  record Keep(int count) implements PatternPart {
    @Override
    public String toString() {
      return "keep(" + count + ")";
    }
  }

  /** So many characters, each drawn from the alphabet. */
  record Random(Alphabet alphabet, int count) implements PatternPart {
    @Override
    public String toString() {
      return "random(" + PatternParser.print(alphabet) + ", " + count + ")";
    }
  }

  /** This text, in every token. */
  record Literal(String text) implements PatternPart {
    @Override
    public String toString() {
      return "literal(" + PatternParser.quote(text) + ")";
    }
  }
}
