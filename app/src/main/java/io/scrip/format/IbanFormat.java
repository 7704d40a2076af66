package io.scrip.format;

import java.math.BigInteger;
import java.util.Map;

/**
 * An account number of the same country and length, with a digit for each digit and a capital for
 * each capital, which is what the country's structure asks for. The data's check digits must hold.
 *
 * @param valid whether the token's check digits hold; when they do, the token may be somebody's
 *     account
 */
record IbanFormat(boolean valid) implements TokenFormat {
  /** Check digits run from 02 to 98, one of these 97 holds. */
  private static final int WRONG_CHECKS = 96;

  /** Norway's own part, the shortest: 11 digits. */
  private static final BigInteger SMALLEST = BigInteger.TEN.pow(11);

  static TokenFormat of(Options options) {
    String check = options.oneOf("check", "invalid", "invalid", "valid");
    return options.complete(new IbanFormat(check.equals("valid")));
  }

  @Override
  public String kind() {
    return "iban";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(Map.of("check", valid ? "valid" : "invalid"));
  }

  @Override
  public void check(String data) {
    Iban.parse(data);
  }

  @Override
  public String draw(String data, Draw draw) {
    Iban iban = Iban.parse(data);
    Cells cells = Cells.like(iban.bban());
    String bban = valid ? cells.draw(iban.bban(), draw) : cells.any(draw);
    int right = new Iban(iban.country(), 0, bban).rightCheck();
    int check = valid ? right : 2 + (right - 2 + 1 + draw.below(WRONG_CHECKS)) % 97;
    return new Iban(iban.country(), check, bban).text();
  }

  @Override
  public BigInteger space(String data) {
    return space(Cells.like(Iban.parse(data).bban()).count());
  }

  @Override
  public BigInteger smallestSpace() {
    return space(SMALLEST);
  }

  private BigInteger space(BigInteger bbans) {
    return valid
        ? bbans.subtract(BigInteger.ONE)
        : bbans.multiply(BigInteger.valueOf(WRONG_CHECKS));
  }
}
