package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * As many digits as the data has, for numbers of one's own: accounts, customers, pins. Data is 1 to
 * 256 digits and nothing else; where there are separators, {@link AlphanumericFormat} keeps them.
 *
 * @param head leading digits kept, 0 to 32
 * @param tail trailing digits kept, 0 to 32
 * @param minDrawn how many digits must be left to draw, 1 to 64; shorter data is refused
 */
record DigitsFormat(int head, int tail, int minDrawn) implements TokenFormat {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,256}");

  static TokenFormat of(Options options) {
    int head = options.whole("head", 0, 0, 32);
    int tail = options.whole("tail", 0, 0, 32);
    return options.complete(new DigitsFormat(head, tail, options.whole("min-drawn", 1, 1, 64)));
  }

  @Override
  public String kind() {
    return "digits";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(Map.of("head", head, "tail", tail, "min-drawn", minDrawn));
  }

  @Override
  public void check(String data) {
    cells(data);
  }

  @Override
  public String draw(String data, Draw draw) {
    return cells(data).draw(data, draw);
  }

  @Override
  public BigInteger space(String data) {
    return cells(data).space(data);
  }

  @Override
  public BigInteger smallestSpace() {
    return BigInteger.TEN.pow(minDrawn).subtract(BigInteger.ONE);
  }

  private Cells cells(String data) {
    if (!SHAPE.matcher(data).matches()) {
      throw new DataDoesNotFit("the value is 1 to 256 digits, without spaces or dashes");
    }
    if (data.length() - head - tail < minDrawn) {
      throw new DataDoesNotFit("the value has too few digits for what the template keeps");
    }
    return Cells.like(data, head, tail);
  }
}
