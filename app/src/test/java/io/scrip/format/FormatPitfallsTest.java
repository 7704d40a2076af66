package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mistakes that other tokenization services were seen to make, tried on this one. */
class FormatPitfallsTest {
  @Test
  void pitfall_07_no_card_shaped_token_is_a_card_or_its_own_input() {
    TokenFormat failing = Laws.format("card");
    TokenFormat ranged = Laws.format("card", "luhn", "valid", "range", "0");
    Laws.hold(
        failing,
        CardFormatPropertiesTest::card,
        (data, token) -> assertThat(Luhn.passes(token) || token.equals(data)).isFalse());
    Laws.hold(
        ranged,
        CardFormatPropertiesTest::card,
        (data, token) -> assertThat(token).startsWith("0").isNotEqualTo(data));
  }

  @Test
  void pitfall_07_the_same_bits_that_drew_a_token_draw_another_when_it_is_the_data() {
    for (String kind : new String[] {"opaque", "uuid", "digits", "alphanumeric"}) {
      TokenFormat format = Laws.format(kind);
      for (long seed = 0; seed < 300; seed++) {
        String token = Laws.draw(format, kind.equals("digits") ? "12" : "a1", seed);
        assertThat(Laws.draw(format, token, seed))
            .as("%s, seed %d", kind, seed)
            .isNotEqualTo(token);
      }
    }
  }

  @Test
  void pitfall_08_a_small_space_says_how_small_it_is_and_stays_in_its_format() {
    TokenFormat pin = Laws.format("digits");
    assertThat(pin.space("1234")).isEqualTo(BigInteger.valueOf(9_999));
    Set<String> tokens = new HashSet<>();
    Draw draw = new Draw(new SplitMix(8));
    for (int i = 0; i < 200_000; i++) {
      tokens.add(pin.draw("1234", draw)); // far past exhaustion: still four digits
    }
    assertThat(tokens).hasSize(9_999).allMatch(token -> token.matches("[0-9]{4}"));
  }

  @Test
  void pitfall_08_the_smallest_space_tells_a_template_that_needs_an_explicit_yes() {
    BigInteger million = BigInteger.valueOf(1_000_000);
    for (String small : new String[] {"card", "digits", "alphanumeric", "phone", "date"}) {
      assertThat(Laws.format(small).smallestSpace()).as(small).isLessThan(million);
    }
    for (String large : new String[] {"opaque", "uuid", "email", "ssn", "iban"}) {
      assertThat(Laws.format(large).smallestSpace()).as(large).isGreaterThan(million);
    }
  }
}
