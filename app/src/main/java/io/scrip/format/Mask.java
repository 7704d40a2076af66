package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the masked view shows of a value. Characters are code points, so an emoji counts once and is
 * never cut in two.
 *
 * <p>Written as a template stores it: {@code first=6,last=4,symbol=*} or {@code email,symbol=*}.
 */
public sealed interface Mask {
  /** The usual one. */
  String SYMBOL = "*";

  /** Shows nothing, not even how long the value is. */
  Mask HIDDEN = new Ends(0, 0, SYMBOL);

  /**
   * The value as the masked view shows it. Any text will do; what is not of the expected shape
   * shows nothing.
   */
  String apply(String data);

  /** As {@link #parse} reads it. */
  String text();

  /**
   * Reads a mask as a template stores it.
   *
   * @throws FormatException.BadOption naming {@code mask}
   */
  static Mask parse(String text) {
    Matcher ends = Grammar.ENDS.matcher(text);
    if (ends.matches()) {
      return new Ends(
          Integer.parseInt(ends.group(1)), Integer.parseInt(ends.group(2)), ends.group(3));
    }
    Matcher email = Grammar.EMAIL.matcher(text);
    if (email.matches()) {
      return new Email(email.group(1));
    }
    throw new BadOption("mask", "a mask is first=<n>,last=<n>,symbol=<c> or email,symbol=<c>");
  }

  /**
   * Shows both ends, and a symbol for each character between. At least a third of the value is
   * hidden (a card of 15 digits just may show first 6 and last 4, the most that PCI DSS 4.0, 3.4.1
   * leaves where the issuer's number has six digits); of a shorter one nothing is shown.
   *
   * @param first characters shown at the start, 0 to 32
   * @param last characters shown at the end, 0 to 32
   * @param symbol one visible character, neither letter nor digit
   */
  record Ends(int first, int last, String symbol) implements Mask {
    public Ends {
      if (first < 0 || first > 32 || last < 0 || last > 32) {
        throw new BadOption("mask", "a mask shows 0 to 32 characters at each end");
      }
      Grammar.checkSymbol(symbol);
    }

    @Override
    public String apply(String data) {
      int length = data.codePointCount(0, data.length());
      int hidden = length - first - last;
      if (first + last == 0 || 3 * hidden < length) {
        return symbol.repeat(Grammar.WHOLLY_HIDDEN);
      }
      return data.substring(0, data.offsetByCodePoints(0, first))
          + symbol.repeat(hidden)
          + data.substring(data.offsetByCodePoints(data.length(), -last));
    }

    @Override
    public String text() {
      return "first=" + first + ",last=" + last + ",symbol=" + symbol;
    }
  }

  /**
   * Shows the first character and the domain of an address, {@code j*****@example.com}: always five
   * symbols, and no character when there are fewer than three before the at sign.
   *
   * @param symbol one visible character, neither letter nor digit
   */
  record Email(String symbol) implements Mask {
    public Email {
      Grammar.checkSymbol(symbol);
    }

    @Override
    public String apply(String data) {
      int at = data.lastIndexOf('@');
      if (at < 1 || at == data.length() - 1) {
        return symbol.repeat(Grammar.WHOLLY_HIDDEN);
      }
      boolean showsFirst = data.codePointCount(0, at) >= 3;
      String first = showsFirst ? data.substring(0, data.offsetByCodePoints(0, 1)) : "";
      return first + symbol.repeat(5) + data.substring(at);
    }

    @Override
    public String text() {
      return "email,symbol=" + symbol;
    }
  }

  /** How a mask is written. */
  final class Grammar {
    private static final int WHOLLY_HIDDEN = 8;
    private static final String NUMBER = "(0|[1-9][0-9]?)";
    private static final Pattern ENDS =
        Pattern.compile("first=" + NUMBER + ",last=" + NUMBER + ",symbol=(.+)", Pattern.DOTALL);
    private static final Pattern EMAIL = Pattern.compile("email,symbol=(.+)", Pattern.DOTALL);
    private static final Pattern SYMBOL = Pattern.compile("[\\p{P}\\p{S}]");

    private Grammar() {}

    private static void checkSymbol(String symbol) {
      if (!SYMBOL.matcher(symbol).matches()) {
        throw new BadOption("mask", "a mask's symbol is one sign, neither letter nor digit");
      }
    }
  }
}
