package io.scrip.audit;

import java.util.regex.Pattern;

/**
 * What free words in the trail may look like, so that nobody can write a card number or a line
 * break into one.
 */
final class Words {
  private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern PURPOSE = Pattern.compile("[A-Za-z][A-Za-z0-9._:-]{0,63}");
  private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
  private static final Pattern CHAIN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final int LONG_NUMBER = 7;
  private static final int MAX_DIGITS = 8;

  private Words() {}

  static boolean isReason(String text) {
    return REASON.matcher(text).matches() && hasFewDigits(text);
  }

  static boolean isPurpose(String text) {
    return PURPOSE.matcher(text).matches() && hasFewDigits(text);
  }

  static boolean isTemplate(String text) {
    return TEMPLATE.matcher(text).matches() && hasFewDigits(text);
  }

  /**
   * Chain names are printed to a terminal when a check fails: no character that a terminal would
   * obey.
   */
  static boolean isChain(String text) {
    return CHAIN.matcher(text).matches();
  }

  /**
   * Text that every store and UTF-8 itself can carry to the letter: no control characters, no lone
   * surrogates.
   */
  static boolean isPlainText(String text) {
    if (text.length() > AuditEvent.MAX_TEXT) {
      return false;
    }
    int at = 0; // a plain loop here and below: they run several times for each event
    while (at < text.length() && isPlain(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at == text.length();
  }

  private static boolean isPlain(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  private static boolean hasFewDigits(String text) {
    int digits = 0;
    int inARow = 0;
    for (int i = 0; i < text.length() && inARow < LONG_NUMBER; i++) {
      boolean isDigit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      inARow = isDigit ? inARow + 1 : 0;
      digits += isDigit ? 1 : 0;
    }
    return inARow < LONG_NUMBER && digits <= MAX_DIGITS;
  }
}
