package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhoneFormatPropertiesTest {
  private static final List<String> CODES =
      List.of("1", "7", "44", "49", "39", "212", "290", "852", "998");

  private final TokenFormat format = Laws.format("phone");

  @Test
  void every_token_keeps_country_code_and_length() {
    Laws.hold(
        format,
        PhoneFormatPropertiesTest::number,
        (data, token) -> {
          assertThat(token).hasSameSizeAs(data).matches("\\+[1-9][0-9]{6,14}");
          assertThat(CountryCodes.find(token.substring(1)))
              .isEqualTo(CountryCodes.find(data.substring(1)));
        });
  }

  @Test
  void no_token_begins_with_a_trunk_prefix_behind_its_code() {
    Laws.hold(
        format,
        random -> "+49" + Laws.digits(random, 9),
        (_, token) -> assertThat(token).matches("\\+49[2-9][0-9]{8}"));
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(format, "+2905123"); // Saint Helena, 4 digits behind the code
    Laws.spaceIsExact(format, "+2900123");
    assertThat(format.space("+2905123")).isEqualTo(format.smallestSpace());
    assertThat(format.space("+15005550006")).isEqualTo(BigInteger.valueOf(8_000_000_000L - 1));
  }

  @Test
  void no_country_code_begins_another() {
    for (int digits = 100; digits < 1_000; digits++) {
      String text = Integer.toString(digits);
      long found =
          IntStream.rangeClosed(1, 3)
              .filter(
                  n ->
                      CountryCodes.find(text.substring(0, n) + "xx")
                          .filter(text.substring(0, n)::equals)
                          .isPresent())
              .count();
      assertThat(found).as(text).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void the_codes_are_those_of_the_list() {
    assertThat(CountryCodes.find("15005550006")).contains("1");
    assertThat(CountryCodes.find("4420794600")).contains("44");
    assertThat(CountryCodes.find("3530861234")).contains("353");
    assertThat(CountryCodes.find("2101234567")).isEmpty();
    assertThat(CountryCodes.find("9991234567")).isEmpty();
  }

  @Test
  void what_is_no_number_of_e164_is_refused() {
    Laws.refuses(
        format,
        "",
        "+",
        "4930123456",
        "004930123456",
        "+49 30 123456",
        "+49-30-123456",
        "+49(30)123456",
        "+0123456789",
        "+491234",
        "+4912345678901234",
        "+49301234x6",
        "+４９３０１２３４５６",
        "+4930123456\n",
        "+2101234567",
        "+9991234567");
  }

  @Test
  void noise_is_refused_or_tokenized() {
    Laws.standsNoise(format, "+0123456789");
  }

  private static String number(Random random) {
    String code = CODES.get(random.nextInt(CODES.size()));
    return "+" + code + Laws.digits(random, 7 - code.length() + random.nextInt(9));
  }
}
