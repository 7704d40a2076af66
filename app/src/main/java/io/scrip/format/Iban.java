package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An IBAN in its parts, ISO 13616-1: country, check digits by ISO 7064 MOD 97-10 (02 to 98), and
 * the country's own part.
 *
 * @param country two capitals of the registry
 * @param check two digits
 * @param bban capitals and digits, as many as the country has
 */
record Iban(String country, int check, String bban) {
  private static final Pattern SHAPE = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");

  /** Length in all, from the IBAN registry that SWIFT keeps for ISO 13616. */
  private static final Map<String, Integer> LENGTHS =
      lengths(
          "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
              + " DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28"
              + " HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20"
              + " LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28"
              + " PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28"
              + " TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

  static Iban parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new DataDoesNotFit("an IBAN is capitals and digits, without spaces");
    }
    Iban iban =
        new Iban(text.substring(0, 2), Integer.parseInt(text.substring(2, 4)), text.substring(4));
    if (!Optional.of(text.length()).equals(Optional.ofNullable(LENGTHS.get(iban.country)))) {
      throw new DataDoesNotFit(
          "the IBAN has not the length of its country, or no such country is registered");
    }
    if (iban.check != iban.rightCheck()) {
      throw new DataDoesNotFit("the IBAN fails its check digits");
    }
    return iban;
  }

  /** The only check digits from 02 to 98 that hold. */
  int rightCheck() {
    return 98 - remainder(bban + country + "00");
  }

  String text() {
    return country + check / 10 + check % 10 + bban;
  }

  private static int remainder(String text) {
    int remainder = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = Character.digit(text.charAt(i), 36);
      remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
    }
    return remainder;
  }

  private static Map<String, Integer> lengths(String entries) {
    return Arrays.stream(entries.split(" "))
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> entry.substring(0, 2), entry -> Integer.valueOf(entry.substring(2))));
  }
}
