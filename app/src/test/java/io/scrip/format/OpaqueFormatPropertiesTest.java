package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpaqueFormatPropertiesTest {
  private final TokenFormat format = Laws.format("opaque");

  @Test
  void a_scanner_finds_every_token_by_one_expression() {
    Laws.hold(
        format,
        random -> Laws.text(random, "aé😀\0 ", 1 + random.nextInt(50)),
        (_, token) -> assertThat(token).matches("tok_[0-9A-Za-z]{28}"));
  }

  @Test
  void another_prefix_stands_before_every_token() {
    Laws.hold(
        Laws.format("opaque", "prefix", "acme_"),
        random -> Laws.digits(random, 5),
        (_, token) -> assertThat(token).matches("acme_[0-9A-Za-z]{28}"));
  }

  @Test
  void data_of_any_size_has_a_token() {
    assertThat(Laws.draw(format, "x".repeat(65_536), 3)).hasSize(32);
  }

  @Test
  void every_wrong_character_anywhere_is_noticed() {
    for (long seed = 0; seed < 60; seed++) {
      String token = Laws.draw(format, "x", seed);
      for (int at = 0; at < token.length(); at++) {
        for (int wrong : (Alphabet.ALPHANUMERIC.symbols() + "_-é ").codePoints().toArray()) {
          String mistyped = token.substring(0, at) + (char) wrong + token.substring(at + 1);
          assertThat(format.isMalformed(mistyped))
              .as("seed %d at %d with %c", seed, at, wrong)
              .isEqualTo(!mistyped.equals(token));
        }
      }
    }
  }

  @Test
  void every_swap_of_neighbours_is_noticed() {
    for (long seed = 0; seed < 500; seed++) {
      String token = Laws.draw(format, "x", seed);
      for (int at = 0; at + 1 < token.length(); at++) {
        String swapped =
            token.substring(0, at)
                + token.charAt(at + 1)
                + token.charAt(at)
                + token.substring(at + 2);
        assertThat(format.isMalformed(swapped))
            .as("seed %d at %d", seed, at)
            .isEqualTo(!swapped.equals(token));
      }
    }
  }

  @Test
  void a_token_cut_off_or_run_on_is_noticed() {
    String token = Laws.draw(format, "x", 11);
    for (int length = 0; length < token.length(); length++) {
      assertThat(format.isMalformed(token.substring(0, length))).isTrue();
      assertThat(format.isMalformed(token.substring(token.length() - length))).isTrue();
    }
    assertThat(format.isMalformed(token + "0")).isTrue();
    assertThat(format.isMalformed(" " + token)).isTrue();
    assertThat(format.isMalformed(token + "\n")).isTrue();
  }

  @Test
  void noise_behind_the_prefix_is_no_token() {
    for (long seed = 0; seed < 5_000; seed++) {
      String noise = "tok_" + Laws.text(new Random(seed), Alphabet.ALPHANUMERIC.symbols(), 28);
      assertThat(OpaqueFormat.isMistyped(noise)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void texts_without_the_prefix_are_not_judged() {
    for (String other :
        new String[] {"", "tok", "Tok_1", "4111111111111111", "a@example.com", "acme_x"}) {
      assertThat(OpaqueFormat.isMistyped(other)).isFalse();
    }
    assertThat(OpaqueFormat.isMistyped("tok_")).isTrue();
    assertThat(OpaqueFormat.isMistyped(Laws.draw(format, "x", 1))).isFalse();
  }

  @Test
  void a_token_of_another_prefix_is_malformed_here() {
    String other = Laws.draw(Laws.format("opaque", "prefix", "acme_"), "x", 1);
    assertThat(format.isMalformed(other)).isTrue();
  }

  @Test
  void thousands_of_tokens_are_all_different() {
    Set<String> tokens = new HashSet<>();
    Draw draw = new Draw(new SplitMix(4));
    for (int i = 0; i < 20_000; i++) {
      tokens.add(format.draw("same", draw));
    }
    assertThat(tokens).hasSize(20_000);
  }

  @Test
  void the_space_leaves_out_data_that_is_itself_a_token() {
    BigInteger all = BigInteger.valueOf(62).pow(22);
    assertThat(all.bitLength() - 1).isGreaterThanOrEqualTo(128);
    assertThat(format.space("anything")).isEqualTo(all);
    assertThat(format.space(Laws.draw(format, "x", 1))).isEqualTo(all.subtract(BigInteger.ONE));
    assertThat(format.smallestSpace()).isEqualTo(all.subtract(BigInteger.ONE));
  }

  @Test
  void a_token_handed_in_gets_another_token() {
    String data = Laws.draw(format, "x", 17);
    assertThat(Laws.draw(format, data, 17)).isNotEqualTo(data);
  }

  @Test
  void prefixes_of_another_shape_are_refused() {
    for (String bad :
        new String[] {"", "tok", "t_", "TOK_", "tok__", "t0k_", "abcdefghijk_", "tök_", "_"}) {
      Laws.refusesOption("opaque", "prefix", bad);
    }
  }
}
