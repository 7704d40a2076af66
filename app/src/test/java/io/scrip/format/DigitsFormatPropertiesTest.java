package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DigitsFormatPropertiesTest {
  private final TokenFormat format = Laws.format("digits");

  @Test
  void every_token_has_as_many_digits() {
    Laws.hold(
        format,
        random -> Laws.digits(random, 1 + random.nextInt(256)),
        (data, token) -> assertThat(token).hasSameSizeAs(data).matches("[0-9]+"));
  }

  @Test
  void head_and_tail_stay() {
    Laws.hold(
        Laws.format("digits", "head", "2", "tail", "3"),
        random -> Laws.digits(random, 6 + random.nextInt(9)),
        (data, token) ->
            assertThat(token)
                .startsWith(data.substring(0, 2))
                .endsWith(data.substring(data.length() - 3)));
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(format, "7");
    Laws.spaceIsExact(format, "0000");
    Laws.spaceIsExact(Laws.format("digits", "head", "3", "tail", "1"), "123456");
  }

  @Test
  void the_smallest_space_is_that_of_the_shortest_data() {
    assertThat(format.smallestSpace()).isEqualTo(BigInteger.valueOf(9));
    TokenFormat longer = Laws.format("digits", "min-drawn", "7", "head", "1");
    assertThat(longer.smallestSpace()).isEqualTo(BigInteger.valueOf(9_999_999));
    assertThat(longer.space("12345678")).isEqualTo(longer.smallestSpace());
    Laws.refuses(longer, "1234567");
  }

  @Test
  void what_is_not_digits_alone_is_refused() {
    Laws.refuses(
        format, "", " 12345", "12345-", "12345a", "+12345", "١٢٣٤٥", "12345\n", "1".repeat(257));
  }

  @Test
  void data_that_would_be_kept_whole_is_refused() {
    Laws.refuses(Laws.format("digits", "head", "2", "tail", "2"), "1", "1234");
  }

  @Test
  void options_out_of_bounds_are_refused_by_name() {
    Laws.refusesOption("digits", "head", "33");
    Laws.refusesOption("digits", "tail", "");
    Laws.refusesOption("digits", "min-drawn", "0");
    Laws.refusesOption("digits", "min-drawn", "99999999999999999999");
    Laws.refusesOption("digits", "luhn", "valid");
  }
}
