package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlphanumericFormatPropertiesTest {
  private static final String SIGNS = "0123456789abcxyzABCXYZ -_/.#";

  private final TokenFormat format = Laws.format("alphanumeric");

  @Test
  void every_place_keeps_its_class_and_other_signs_stay() {
    Laws.hold(
        format,
        random -> "1" + Laws.text(random, SIGNS, 3 + random.nextInt(30)),
        (data, token) -> assertThat(classes(token)).isEqualTo(classes(data)));
  }

  @Test
  void head_and_tail_count_letters_and_digits_alone() {
    TokenFormat keeping = Laws.format("alphanumeric", "head", "2", "tail", "3");
    Laws.hold(
        keeping,
        random ->
            Laws.digits(random, 3) + "-" + Laws.digits(random, 2) + " / " + Laws.digits(random, 4),
        (data, token) -> {
          assertThat(token.replaceAll("[0-9]", "")).isEqualTo("- / ");
          assertThat(token)
              .startsWith(data.substring(0, 2))
              .endsWith(data.substring(data.length() - 3));
        });
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(format, "7-");
    Laws.spaceIsExact(format, "aB1");
    Laws.spaceIsExact(Laws.format("alphanumeric", "head", "1", "tail", "1"), "(a)1b-c");
  }

  @Test
  void tokens_under_the_opaque_prefix_are_left_out_of_the_space() {
    TokenFormat twoKept = Laws.format("alphanumeric", "head", "2");
    assertThat(twoKept.space("tox_1")).isEqualTo(BigInteger.valueOf(25 * 10 - 1));
    assertThat(twoKept.space("tok_1")).isEqualTo(BigInteger.valueOf(25 * 10));
    Laws.spaceIsExact(twoKept, "tox_1");
    Laws.spaceIsExact(twoKept, "tok_1");
    Laws.refuses(Laws.format("alphanumeric", "head", "3"), "tok_12345");
  }

  @Test
  void the_smallest_space_is_that_of_digits() {
    assertThat(format.smallestSpace())
        .isEqualTo(BigInteger.valueOf(9))
        .isEqualTo(format.space("-5-"));
    TokenFormat longer = Laws.format("alphanumeric", "min-drawn", "6");
    assertThat(longer.smallestSpace()).isEqualTo(BigInteger.valueOf(999_999));
    Laws.refuses(longer, "ab-cd-1");
  }

  @Test
  void letters_of_other_scripts_would_show_and_are_refused() {
    Laws.refuses(
        format, "", "Zoë 12", "Иван 12", "１２３４５", "12345\t", "12345\0", "😀12345", "a".repeat(257));
  }

  @Test
  void data_without_anything_to_draw_is_refused() {
    Laws.refuses(format, "-", "--- // ---");
    Laws.refuses(Laws.format("alphanumeric", "head", "2", "tail", "2"), "a-b-c-d");
  }

  @Test
  void noise_is_refused_or_tokenized() {
    Laws.standsNoise(format, "tok_ab01");
    Laws.standsNoise(format, SIGNS + "é\0😀");
  }

  private static String classes(String text) {
    return IntStream.range(0, text.length())
        .mapToObj(at -> Character.toString(text.charAt(at)))
        .map(c -> c.replaceAll("[a-z]", "a").replaceAll("[A-Z]", "A").replaceAll("[0-9]", "0"))
        .reduce("", String::concat);
  }
}
