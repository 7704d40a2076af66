package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Digits in place of a card number (ISO/IEC 7812-1: 12 to 19 digits here), of the same length, and
 * never a card.
 *
 * <p>Without a range the token keeps the head and always fails Luhn. With one it passes Luhn and
 * begins with the range, out of which nobody issues cards: {@code 0} is the major industry of
 * ISO/TC 68, not of cards, and {@code 9} is followed by the issuer's ISO 3166-1 numeric country
 * code, of which 900 to 999 are left to users and no country has one. (A bare 9 will not do: 9792
 * is Türkiye's card scheme.)
 *
 * @param head leading digits kept, 0 to 8; with a range, its length
 * @param tail trailing digits kept, 0 to 4
 * @param range digits in place of the head, and Luhn holds; empty: the token fails Luhn
 * @param requireLuhn whether a number that fails Luhn is refused; so is, then, a token handed in by
 *     mistake
 */
record CardFormat(int head, int tail, Optional<String> range, boolean requireLuhn)
    implements TokenFormat {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{12,19}");
  private static final Pattern RANGE = Pattern.compile("0[0-9]{0,7}|99[0-9]{0,6}");
  private static final int SHORTEST = 12;
  private static final int LEAST_DRAWN = 2;

  static TokenFormat of(Options options) {
    boolean valid = options.oneOf("luhn", "invalid", "invalid", "valid").equals("valid");
    int tail = options.whole("tail", 4, 0, 4);
    boolean requireLuhn = options.flag("require-luhn", true);
    if (!valid) {
      int head = options.whole("head", 6, 0, 8);
      return options.complete(new CardFormat(head, tail, Optional.empty(), requireLuhn));
    }
    String range = range(options.text("range").orElse(""));
    return options.complete(new CardFormat(range.length(), tail, Optional.of(range), requireLuhn));
  }

  private static String range(String digits) {
    String meaning = "1 to 8 digits that begin with 0 or 99, where no cards are issued";
    return Options.matching(RANGE, "range", digits, meaning);
  }

  @Override
  public String kind() {
    return "card";
  }

  @Override
  public Map<String, String> options() {
    Map<String, Object> values = new HashMap<>();
    values.put("luhn", range.isPresent() ? "valid" : "invalid");
    values.put("tail", tail);
    values.put("require-luhn", requireLuhn);
    range.ifPresentOrElse(digits -> values.put("range", digits), () -> values.put("head", head));
    return Options.print(values);
  }

  @Override
  public void check(String data) {
    if (!SHAPE.matcher(data).matches()) {
      throw new DataDoesNotFit("a card number is 12 to 19 digits, without spaces or dashes");
    }
    if (drawn(data.length()) < LEAST_DRAWN) {
      throw new DataDoesNotFit("the card number is too short for what the template keeps");
    }
    if (requireLuhn && !Luhn.passes(data)) {
      throw new DataDoesNotFit("the card number fails its check digit (Luhn)");
    }
  }

  @Override
  public void check(Mask mask) {
    if (mask instanceof Mask.Ends(int first, int last, String _) && (first > 6 || last > 4)) {
      throw new BadOption("mask", "of a card at most first=6 and last=4 are shown");
    }
  }

  @Override
  public Mask mask() {
    return new Mask.Ends(6, 4, Mask.SYMBOL);
  }

  @Override
  public String draw(String data, Draw draw) {
    check(data);
    return range.isPresent()
        ? draw.until(token -> !token.equals(data), () -> valid(data, draw))
        : draw.until(token -> !token.equals(data) && !Luhn.passes(token), () -> any(data, draw));
  }

  private String any(String data, Draw draw) {
    return assemble(data, draw.pick(Alphabet.DIGITS, drawn(data.length())));
  }

  private String valid(String data, Draw draw) {
    String middle = draw.pick(Alphabet.DIGITS, drawn(data.length()) - 1);
    int last = '0'; // one of the ten digits passes, wherever it stands
    while (!Luhn.passes(assemble(data, middle + (char) last))) {
      last++;
    }
    return assemble(data, middle + (char) last);
  }

  private String assemble(String data, String middle) {
    return range.orElse(data.substring(0, head)) + middle + data.substring(data.length() - tail);
  }

  @Override
  public BigInteger space(String data) {
    check(data);
    BigInteger all = all(data.length());
    return couldBeToken(data) ? all.subtract(BigInteger.ONE) : all;
  }

  private boolean couldBeToken(String data) {
    return range
        .map(digits -> data.startsWith(digits) && Luhn.passes(data))
        .orElse(!Luhn.passes(data));
  }

  @Override
  public BigInteger smallestSpace() {
    BigInteger all = all(Math.max(SHORTEST, head + tail + LEAST_DRAWN));
    boolean aTokenFits = range.isPresent() || !requireLuhn;
    return aTokenFits ? all.subtract(BigInteger.ONE) : all;
  }

  /** Of the numbers that differ in the drawn digits, exactly one in ten passes Luhn. */
  private BigInteger all(int length) {
    BigInteger passing = BigInteger.TEN.pow(drawn(length) - 1);
    return range.isPresent() ? passing : passing.multiply(BigInteger.valueOf(9));
  }

  private int drawn(int length) {
    return length - head - tail;
  }
}
