package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CardFormatPropertiesTest {
  private final TokenFormat format = Laws.format("card");
  private final TokenFormat valid = Laws.format("card", "luhn", "valid", "range", "9999");

  @Test
  void every_token_fails_luhn_and_keeps_length_first_six_and_last_four() {
    Laws.hold(
        format,
        CardFormatPropertiesTest::card,
        (data, token) -> {
          assertThat(token).hasSameSizeAs(data).matches("[0-9]+");
          assertThat(Luhn.passes(token)).isFalse();
          assertThat(token).startsWith(data.substring(0, 6)).endsWith(tail(data, 4));
        });
  }

  @Test
  void within_a_range_every_token_passes_luhn_and_begins_with_the_range() {
    Laws.hold(
        valid,
        CardFormatPropertiesTest::card,
        (data, token) -> {
          assertThat(token).hasSameSizeAs(data).matches("9999[0-9]+").endsWith(tail(data, 4));
          assertThat(Luhn.passes(token)).isTrue();
        });
  }

  @Test
  void head_and_tail_are_adjustable() {
    Laws.hold(
        Laws.format("card", "head", "0", "tail", "0"),
        CardFormatPropertiesTest::card,
        (data, token) -> assertThat(token).hasSameSizeAs(data));
    Laws.hold(
        Laws.format("card", "head", "8", "tail", "2"),
        CardFormatPropertiesTest::card,
        (data, token) ->
            assertThat(token).startsWith(data.substring(0, 8)).endsWith(tail(data, 2)));
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(format, "411111111117"); // 12 digits, 2 drawn
    Laws.spaceIsExact(format, "4222222222222"); // 13 digits, 3 drawn
    Laws.spaceIsExact(Laws.format("card", "require-luhn", "false"), "411111111119");
    Laws.spaceIsExact(Laws.format("card", "luhn", "valid", "range", "000000"), "4222222222222");
    Laws.spaceIsExact(Laws.format("card", "luhn", "valid", "range", "000000"), "0000000000000");
  }

  @Test
  void no_fitting_card_has_a_smaller_space_than_the_smallest() {
    assertThat(format.smallestSpace()).isEqualTo(BigInteger.valueOf(90));
    assertThat(format.space("411111111117")).isEqualTo(format.smallestSpace());
    assertThat(format.space("4111111111111111")).isEqualTo(BigInteger.valueOf(900_000));
    TokenFormat whole = Laws.format("card", "head", "0", "tail", "0", "require-luhn", "false");
    assertThat(whole.smallestSpace()).isEqualTo(BigInteger.valueOf(900_000_000_000L - 1));
    assertThat(whole.space("411111111119")).isEqualTo(whole.smallestSpace());
    TokenFormat longest = Laws.format("card", "luhn", "valid", "range", "00000000");
    assertThat(longest.smallestSpace()).isEqualTo(BigInteger.valueOf(9));
    assertThat(longest.space("00000000000000")).isEqualTo(longest.smallestSpace());
  }

  @Test
  void what_is_no_card_number_is_refused() {
    Laws.refuses(
        format,
        "",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "41111111111",
        "41111111111111111111",
        "4111111111111112",
        "４１１１１１１１１１１１１１１１",
        "4111111111111111\n",
        "x");
  }

  @Test
  void a_token_handed_in_by_mistake_is_refused() {
    Laws.refuses(format, Laws.draw(format, "4111111111111111", 1));
  }

  @Test
  void a_card_too_short_for_what_is_kept_is_refused() {
    Laws.refuses(Laws.format("card", "head", "8", "tail", "4"), "411111111117", "4222222222222");
    Laws.refuses(Laws.format("card", "luhn", "valid", "range", "00000000"), "411111111117");
  }

  @Test
  void without_require_luhn_any_number_has_a_token_other_than_itself() {
    Laws.hold(
        Laws.format("card", "require-luhn", "false"),
        random -> Laws.digits(random, 12 + random.nextInt(8)),
        (_, token) -> assertThat(Luhn.passes(token)).isFalse());
  }

  @Test
  void options_out_of_bounds_are_refused_by_name() {
    Laws.refusesOption("card", "head", "9");
    Laws.refusesOption("card", "head", "-1");
    Laws.refusesOption("card", "head", "06");
    Laws.refusesOption("card", "tail", "5");
    Laws.refusesOption("card", "luhn", "maybe");
    Laws.refusesOption("card", "require-luhn", "yes");
    Laws.refusesOption("card", "range", "0"); // only where Luhn holds
    Laws.refusesOption("card", "head", "6", "luhn", "valid", "range", "0"); // the range is the head
  }

  @Test
  void a_range_out_of_which_cards_are_issued_is_refused() {
    for (String issued :
        new String[] {"", "4", "37", "51", "9", "9792", "98", "1", "000000000", "0x"}) {
      Laws.refusesOption("card", "range", issued, "luhn", "valid", "range", "0");
    }
  }

  @Test
  void noise_is_refused_or_tokenized() {
    Laws.standsNoise(format, "0123456789");
    Laws.standsNoise(format, "0 -x😀\0");
  }

  @Test
  void a_mask_shows_six_and_four_at_most() {
    format.check(format.mask());
    format.check(Mask.HIDDEN);
    assertThat(format.mask().apply("4111111111111111")).isEqualTo("411111******1111");
    assertThat(catchThrowable(() -> format.check(Mask.parse("first=6,last=5,symbol=*"))))
        .isInstanceOf(FormatException.BadOption.class);
    assertThat(catchThrowable(() -> format.check(Mask.parse("first=7,last=0,symbol=*"))))
        .isInstanceOf(FormatException.BadOption.class);
  }

  /** A card number of 12 to 19 digits that passes Luhn. */
  static String card(Random random) {
    String body = Laws.digits(random, 11 + random.nextInt(8));
    int check = 0;
    while (!Luhn.passes(body + check)) {
      check++;
    }
    return body + check;
  }

  private static String tail(String text, int count) {
    return text.substring(text.length() - count);
  }
}
