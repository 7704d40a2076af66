package io.scrip.identity;

import static io.scrip.identity.PlaintextAccess.GRANTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value: kept to the byte, shown to nobody. */
class PlaintextTest {
  private static final String CARD = "4242424242424242";

  @Test
  void it_prints_nothing_of_itself() throws CharacterCodingException {
    assertThat(Plaintext.of(CARD)).hasToString("[redacted]");
    assertThat("a sentence with " + Plaintext.of(CARD)).doesNotContain("4242");
  }

  @Test
  void its_hash_tells_no_more_than_its_size() throws CharacterCodingException {
    assertThat(Plaintext.of(CARD)).hasSameHashCodeAs(Plaintext.of("5555555555554444"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "007",
        " trailing ",
        "\0",
        "e\u0301",
        "\u0301",
        "😀",
        "\uFEFFx",
        "\uFFFF",
        "\r\n\t"
      })
  void text_comes_back_to_the_byte(String text) throws CharacterCodingException {
    assertThat(Plaintext.of(text).text(GRANTED)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "end\uD83D", "\uD83D\uD83D\uDE00"})
  void half_a_character_is_refused_and_not_replaced(String broken) {
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> Plaintext.of(broken));
  }

  @Test
  void any_text_comes_back_and_counts_its_bytes() throws CharacterCodingException {
    for (long seed = 0; seed < 500; seed++) {
      String text = text(new Random(seed));
      try (Plaintext plaintext = Plaintext.of(text)) {
        assertThat(plaintext.text(GRANTED)).as("seed %d", seed).isEqualTo(text);
        assertThat(plaintext.sizeBytes())
            .as("seed %d", seed)
            .isEqualTo(plaintext.utf8(GRANTED).length);
      }
    }
  }

  @Test
  void equal_bytes_are_equal_and_any_other_bit_is_not() throws CharacterCodingException {
    assertThat(Plaintext.of(CARD)).isEqualTo(Plaintext.of(CARD));
    assertThat(Plaintext.of("")).isEqualTo(Plaintext.of(""));
    assertThat(Plaintext.of(CARD)).isNotEqualTo(Plaintext.of(CARD + " "));
    assertThat(Plaintext.of(CARD)).isNotEqualTo(Plaintext.of("4242424242424243"));
    assertThat(Plaintext.of("\u00e9")).isNotEqualTo(Plaintext.of("e\u0301"));
    assertThat(Plaintext.of(CARD).equals((Object) CARD)).isFalse();
  }

  @Test
  void closing_wipes_the_bytes_themselves() throws CharacterCodingException {
    Plaintext plaintext = Plaintext.of(CARD);
    byte[] bytes = plaintext.utf8(GRANTED);
    plaintext.close();
    assertThat(bytes).containsOnly(0);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(200), 0, Character.MAX_CODE_POINT + 1)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
