package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number in the form of ITU-T E.164, section 6.2: a plus sign and at most 15 digits, here at
 * least 7. Country code and length stay. The first digit behind the code is 2 to 9: a 0 or 1 there
 * is a trunk prefix in many countries, and programs that tidy up numbers would drop it and with it
 * the token. The token may well be somebody's number: no block of numbers is reserved in every
 * country.
 */
record PhoneFormat() implements TokenFormat {
  private static final Pattern SHAPE = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Alphabet FIRST = Alphabet.of("23456789");

  static TokenFormat of(Options options) {
    return options.complete(new PhoneFormat());
  }

  @Override
  public String kind() {
    return "phone";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
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

  /** Of the shortest number, 7 digits, behind a country code of three. */
  @Override
  public BigInteger smallestSpace() {
    return BigInteger.valueOf(8 * 1_000 - 1);
  }

  private static Cells cells(String data) {
    if (!SHAPE.matcher(data).matches()) {
      throw new DataDoesNotFit("a phone number is + and 7 to 15 digits, without spaces or dashes");
    }
    String code =
        CountryCodes.find(data.substring(1))
            .orElseThrow(() -> new DataDoesNotFit("the phone number has no assigned country code"));
    List<Alphabet> places = new ArrayList<>();
    ("+" + code).chars().forEach(kept -> places.add(Alphabet.only(kept)));
    places.add(FIRST);
    places.addAll(Collections.nCopies(data.length() - places.size(), Alphabet.DIGITS));
    return new Cells(places);
  }
}
