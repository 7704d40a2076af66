package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanFormatPropertiesTest {
  private final TokenFormat format = Laws.format("iban");
  private final TokenFormat valid = Laws.format("iban", "check", "valid");

  @Test
  void by_default_every_token_fails_its_check_digits() {
    Laws.hold(
        format,
        IbanFormatPropertiesTest::iban,
        (data, token) -> {
          sameShape(data, token);
          assertThat(token.substring(2, 4)).isBetween("02", "98");
          assertThatThrownBy(() -> Iban.parse(token)).isInstanceOf(DataDoesNotFit.class);
        });
  }

  @Test
  void valid_tokens_pass_their_check_digits() {
    Laws.hold(
        valid,
        IbanFormatPropertiesTest::iban,
        (data, token) -> {
          sameShape(data, token);
          assertThat(Iban.parse(token).text()).isEqualTo(token);
          assertThat(token.substring(4)).isNotEqualTo(data.substring(4));
        });
  }

  private static void sameShape(String data, String token) {
    assertThat(token).startsWith(data.substring(0, 2));
    assertThat(token.replaceAll("[0-9]", "0").replaceAll("[A-Z]", "A"))
        .isEqualTo(data.replaceAll("[0-9]", "0").replaceAll("[A-Z]", "A"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = { // the registry's own examples
        "GB29NWBK60161331926819",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S",
        "LC55HEMM000100010012001200023015",
        "BR1800360305000010009795493C1",
        "SC18SSCB11010000000000001497USD",
        "CH9300762011623852957",
        "XK051212012345678906"
      })
  void the_examples_of_the_registry_fit(String iban) {
    assertThat(Iban.parse(iban).text()).isEqualTo(iban);
    for (int check = 0; check < 100; check++) {
      String other = iban.substring(0, 2) + "%02d".formatted(check) + iban.substring(4);
      if (!other.equals(iban)) {
        Laws.refuses(format, other);
      }
    }
  }

  @Test
  void the_space_counts_every_place_and_every_check() {
    BigInteger digits = BigInteger.TEN.pow(11);
    assertThat(valid.space("NO9386011117947")).isEqualTo(digits.subtract(BigInteger.ONE));
    assertThat(format.space("NO9386011117947")).isEqualTo(digits.multiply(BigInteger.valueOf(96)));
    assertThat(valid.smallestSpace()).isEqualTo(valid.space("NO9386011117947"));
    assertThat(format.smallestSpace()).isEqualTo(format.space("NO9386011117947"));
    assertThat(valid.space("GB29NWBK60161331926819"))
        .isEqualTo(
            BigInteger.valueOf(26)
                .pow(4)
                .multiply(BigInteger.TEN.pow(14))
                .subtract(BigInteger.ONE));
  }

  @Test
  void of_all_checks_from_02_to_98_exactly_one_holds_and_the_other_96_are_drawn() {
    for (long seed = 0; seed < 200; seed++) {
      String bban = Laws.digits(new Random(seed), 11);
      int right = new Iban("NO", 0, bban).rightCheck();
      assertThat(right).as("seed %d", seed).isBetween(2, 98);
    }
  }

  @Test
  void what_is_no_iban_is_refused() {
    Laws.refuses(
        format,
        "",
        "GB29 NWBK 6016 1331 9268 19",
        "gb29nwbk60161331926819",
        "GB29NWBK6016133192681",
        "GB29NWBK601613319268190",
        "GB28NWBK60161331926819",
        "US29NWBK60161331926819",
        "DE8937040044053201300",
        "GB29NWBK60161331926819\n",
        "ＧＢ29NWBK60161331926819");
    Laws.refusesOption("iban", "check", "true");
  }

  @Test
  void noise_is_refused_or_tokenized() {
    Laws.standsNoise(format, "GBDE0129NWK");
  }

  private static String iban(Random random) {
    String bban =
        random.nextBoolean()
            ? Laws.digits(random, 18)
            : Laws.text(random, "ABYZ", 4) + Laws.digits(random, 14);
    String country = bban.charAt(0) > '9' ? "GB" : "DE";
    return new Iban(country, new Iban(country, 0, bban).rightCheck(), bban).text();
  }
}
