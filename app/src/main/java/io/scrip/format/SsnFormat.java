package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Nine digits that are nobody's United States social security number, written with or without
 * dashes as the data is.
 *
 * <p>The areas 000, 666 and 900 to 999 are never issued (SSA, "Social Security Number
 * Randomization"). But the tax office issues ITINs and ATINs from 900 to 999, with the middle pair
 * 50 to 65, 70 to 88 or 90 to 99 (IRS Publication 1915), and numbers of its own, whose pair is that
 * of an office below 20, 28, 29, 37 to 39, 49 or 89. A token of these areas has one of the pairs
 * that are left.
 *
 * @param tail trailing digits kept, 0 or 4
 */
record SsnFormat(int tail) implements TokenFormat {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4}");
  private static final int PAIRS = 100;
  private static final List<String> FREE_PAIRS =
      List.of(
          "00 20 21 22 23 24 25 26 27 30 31 32 33 34 35 36 40 41 42 43 44 45 46 47 48 66 67 68 69"
              .split(" "));
  private static final int FRONTS = 2 * PAIRS + 100 * FREE_PAIRS.size();
  private static final int SERIALS = 10_000;

  static TokenFormat of(Options options) {
    String tail = options.oneOf("tail", "0", "0", "4");
    return options.complete(new SsnFormat(Integer.parseInt(tail)));
  }

  @Override
  public String kind() {
    return "ssn";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(Map.of("tail", tail));
  }

  @Override
  public void check(String data) {
    if (!SHAPE.matcher(data).matches()) {
      throw new DataDoesNotFit("a social security number is 9 digits, or 3, 2 and 4 with dashes");
    }
  }

  @Override
  public String draw(String data, Draw draw) {
    check(data);
    return draw.until(token -> !token.equals(data), () -> candidate(data, draw));
  }

  private String candidate(String data, Draw draw) {
    String front = front(draw.below(FRONTS));
    String digits = front + (tail == 4 ? tailOf(data) : draw.pick(Alphabet.DIGITS, 4));
    return data.length() == 9 ? digits : dashed(digits);
  }

  @Override
  public BigInteger space(String data) {
    check(data);
    return couldBeToken(data.replace("-", "")) ? smallestSpace() : all();
  }

  @Override
  public BigInteger smallestSpace() {
    return all().subtract(BigInteger.ONE);
  }

  private BigInteger all() {
    return BigInteger.valueOf(tail == 4 ? FRONTS : (long) FRONTS * SERIALS);
  }

  /** Area and middle pair: first those of 000, then of 666, then of 900 to 999. */
  private static String front(int index) {
    if (index < 2 * PAIRS) {
      return (index < PAIRS ? "000" : "666") + index / 10 % 10 + index % 10;
    }
    int rest = index - 2 * PAIRS;
    return (900 + rest / FREE_PAIRS.size()) + FREE_PAIRS.get(rest % FREE_PAIRS.size());
  }

  private static boolean couldBeToken(String digits) {
    return digits.startsWith("000")
        || digits.startsWith("666")
        || (digits.startsWith("9") && FREE_PAIRS.contains(digits.substring(3, 5)));
  }

  private static String tailOf(String data) {
    return data.substring(data.length() - 4);
  }

  private static String dashed(String digits) {
    return digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
  }
}
