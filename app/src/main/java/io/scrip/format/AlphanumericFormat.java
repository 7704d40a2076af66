package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A digit for each digit, a lower-case letter for each lower-case letter, a capital for each
 * capital; spaces, dashes and other signs stay in place. Data is 1 to 256 printable characters of
 * ASCII: a letter of another script would stay in place and show, so it is refused.
 *
 * @param head leading letters and digits kept, 0 to 32; other signs are not counted
 * @param tail trailing letters and digits kept, 0 to 32
 * @param minDrawn how many letters and digits must be left to draw, 1 to 64; shorter data is
 *     refused
 */
record AlphanumericFormat(int head, int tail, int minDrawn) implements TokenFormat {
  private static final Pattern SHAPE = Pattern.compile("[\\x20-\\x7E]{1,256}");

  static TokenFormat of(Options options) {
    int head = options.whole("head", 0, 0, 32);
    int tail = options.whole("tail", 0, 0, 32);
    return options.complete(
        new AlphanumericFormat(head, tail, options.whole("min-drawn", 1, 1, 64)));
  }

  @Override
  public String kind() {
    return "alphanumeric";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(Map.of("head", head, "tail", tail, "min-drawn", minDrawn));
  }

  @Override
  public void check(String data) {
    cells(data).check(data);
  }

  @Override
  public String draw(String data, Draw draw) {
    return cells(data).draw(data, draw);
  }

  @Override
  public BigInteger space(String data) {
    return cells(data).space(data);
  }

  /** That of data whose drawn places are all digits. */
  @Override
  public BigInteger smallestSpace() {
    return BigInteger.TEN.pow(minDrawn).subtract(BigInteger.ONE);
  }

  private Cells cells(String data) {
    if (!SHAPE.matcher(data).matches()) {
      throw new DataDoesNotFit("the value is 1 to 256 printable characters of ASCII");
    }
    long variable = data.chars().filter(Alphabet.ALPHANUMERIC::has).count();
    if (variable - head - tail < minDrawn) {
      throw new DataDoesNotFit(
          "the value has too few letters and digits for what the template keeps");
    }
    return Cells.like(data, head, tail);
  }
}
