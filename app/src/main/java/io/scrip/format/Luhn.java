package io.scrip.format;

/** The check digit of card numbers: ISO/IEC 7812-1, annex B. */
final class Luhn {
  private Luhn() {}

  /**
   * @param digits only digits
   */
  static boolean passes(CharSequence digits) {
    int sum = 0;
    for (int fromRight = 0; fromRight < digits.length(); fromRight++) {
      int digit = digits.charAt(digits.length() - 1 - fromRight) - '0';
      int weighted = fromRight % 2 == 0 ? digit : 2 * digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }
}
