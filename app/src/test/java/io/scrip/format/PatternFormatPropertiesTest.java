package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatternFormatPropertiesTest {
  @Test
  void every_token_is_as_written() {
    Laws.hold(
        pattern("keep(2) literal(\"-\") random(digits, 8) keep(1)keep( -1 )"),
        random -> Laws.text(random, "aé😀0\0", 5 + random.nextInt(20)),
        (data, token) -> {
          int[] kept = data.codePoints().toArray();
          assertThat(token)
              .startsWith(new String(kept, 0, 2) + "-")
              .endsWith(new String(kept, 2, 1) + new String(kept, kept.length - 1, 1));
          assertThat(token.substring(token.indexOf('-') + 1)).matches("(?s)[0-9]{8}.+");
        });
  }

  @Test
  void an_own_alphabet_is_drawn_from() {
    Laws.hold(
        pattern("random(\"😀😎\\\"\\\\\", 9) random(hex, 2)random(letters,1)"),
        random -> Laws.digits(random, 3),
        (_, token) -> assertThat(token).matches("[😀😎\"\\\\]{9}[0-9a-f]{2}[A-Za-z]"));
  }

  @Test
  void the_space_is_exact() {
    Laws.spaceIsExact(pattern("random(digits, 3)"), "x");
    Laws.spaceIsExact(pattern("random(digits, 3)"), "123");
    Laws.spaceIsExact(pattern("keep(1) random(\"ab\", 2) literal(\"z\") keep(-2)"), "qaazzq");
    Laws.spaceIsExact(pattern("keep(1) random(\"ab\", 2) keep(-1)"), "qabq");
    Laws.spaceIsExact(pattern("random(\"ab\", 1)"), "a");
  }

  @Test
  void the_smallest_space_leaves_out_data_that_looks_like_its_token() {
    for (long seed = 0; seed < 300; seed++) {
      TokenFormat format = smallPattern(new Random(seed));
      BigInteger least = texts("ab", 5).map(format::space).min(BigInteger::compareTo).orElseThrow();
      assertThat(format.smallestSpace()).as("seed %d: %s", seed, format.options()).isEqualTo(least);
    }
  }

  /**
   * Five places, over the same two characters throughout: all data that can matter has five of them
   * too.
   */
  private static TokenFormat smallPattern(Random random) {
    StringBuilder parts = new StringBuilder();
    int places = 0;
    boolean endKept = false;
    while (places < 4) {
      switch (random.nextInt(endKept ? 3 : 4)) {
        case 0 -> parts.append("random(\"ab\", 1)");
        case 1 -> parts.append("literal(\"a\")");
        case 2 -> parts.append("keep(1)");
        default -> {
          parts.append("keep(-1)");
          endKept = true;
        }
      }
      places++;
    }
    return pattern(parts.append("random(\"ab\", 1)").toString());
  }

  private static Stream<String> texts(String alphabet, int length) {
    return IntStream.range(0, 1 << length)
        .mapToObj(
            bits ->
                IntStream.range(0, length)
                    .mapToObj(at -> alphabet.substring(bits >> at & 1, (bits >> at & 1) + 1))
                    .reduce("", String::concat));
  }

  @Test
  void tokens_under_the_opaque_prefix_are_never_drawn() {
    TokenFormat format = pattern("random(\"tx\", 1) literal(\"ok_\") random(digits, 1)");
    Laws.spaceIsExact(format, "any");
    assertThat(format.space("any")).isEqualTo(BigInteger.TEN);
    assertThat(format.smallestSpace())
        .isEqualTo(BigInteger.valueOf(9))
        .isEqualTo(format.space("xok_1"));
    Laws.refuses(pattern("keep(4) random(digits, 8)"), "tok_4");
    Laws.refuses(pattern("literal(\"tok_\") random(digits, 8)"), "anything");
    assertThat(pattern("keep(4) random(digits, 8)").smallestSpace())
        .isEqualTo(BigInteger.valueOf(99_999_999));
    assertThat(pattern("keep(3) random(\"_-\", 1)").smallestSpace()).isEqualTo(BigInteger.ONE);
  }

  @Test
  void data_that_would_be_kept_whole_is_refused() {
    TokenFormat format = pattern("keep(3) random(digits, 8) keep(-2)");
    Laws.refuses(format, "", "abc", "abcde", "😀😀😀😀😀");
    format.check("abcdef");
    format.check("x".repeat(65_536));
  }

  @Test
  void the_pattern_is_needed() {
    assertThat(catchThrowable(() -> Laws.format("pattern")))
        .isInstanceOfSatisfying(
            FormatException.BadOption.class, bad -> assertThat(bad.option()).isEqualTo("pattern"));
  }

  private static TokenFormat pattern(String pattern) {
    return Laws.format("pattern", "pattern", pattern);
  }
}
