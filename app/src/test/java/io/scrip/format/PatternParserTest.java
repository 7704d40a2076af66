package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scrip.format.FormatException.BadOption;
import io.scrip.format.PatternPart.Keep;
import io.scrip.format.PatternPart.Literal;
import io.scrip.format.PatternPart.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternParserTest {
  @Test
  void every_part_is_read() {
    assertThat(
            PatternParser.parse(
                " keep(2)literal( \"a\\\"\\\\ b\" ) random(lower,3)  keep(-4) random(\"01\", 256)"))
        .containsExactly(
            new Keep(2),
            new Literal("a\"\\ b"),
            new Random(Alphabet.LOWER, 3),
            new Keep(-4),
            new Random(Alphabet.of("01"), 256));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kept(2)                | 1",
        "keep                   | 5",
        "keep 2                 | 6",
        "keep()                 | 6",
        "keep(0)                | 6",
        "keep(--1)              | 7",
        "keep(257)              | 6",
        "keep(01)               | 6",
        "keep(2                 | 7",
        "keep(2) , keep(3)      | 9",
        "random(digits)         | 14",
        "random(digit, 3)       | 8",
        "random(digits, -3)     | 16",
        "random(\"\", 3)        | 9",
        "random(\"a\", 3)       | 8",
        "random(\"aba\", 3)     | 8",
        "random(\"ab, 3)        | 15",
        "literal(x)             | 9",
        "literal(\"\")          | 10",
        "literal(\"a\\n\")      | 12",
        "literal(\"a\\          | 12",
        "KEEP(2)                | 1",
        "keep(2)\trandom(hex,1) | 8"
      })
  void what_is_wrong_is_refused_with_its_place(String pattern, int place) {
    assertThatThrownBy(() -> PatternParser.parse(pattern))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith("at character " + place + ":");
  }

  @Test
  void control_characters_and_lone_surrogates_are_refused() {
    for (String bad : new String[] {"\0", "\n", "\u007F", "\uD83D", "\uDE00"}) {
      assertThatThrownBy(() -> PatternParser.parse("literal(\"" + bad + "\")"))
          .hasMessageStartingWith("at character 10:");
    }
  }

  @Test
  void patterns_that_could_not_work_are_refused() {
    Laws.refusesOption("pattern", "pattern", "", "pattern", "random(hex, 1)");
    Laws.refusesOption("pattern", "pattern", "keep(3) literal(\"x\")", "pattern", "random(hex, 1)");
    Laws.refusesOption(
        "pattern", "pattern", "keep(-1) random(hex, 9) keep(-2)", "pattern", "random(hex, 1)");
    Laws.refusesOption(
        "pattern", "pattern", "random(hex, 256)".repeat(5), "pattern", "random(hex, 1)");
    Laws.refusesOption("pattern", "pattern", " ".repeat(2_049), "pattern", "random(hex, 1)");
  }

  @Test
  void noise_is_refused_or_read_and_what_is_read_prints_and_reads_alike() {
    String[] words = {
      "keep", "random", "literal", "(", ")", "\"", "\\", ",", "-", "1", "12", "digits", "hex", " ",
      "é", "😀", "\0"
    };
    int read = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new java.util.Random(seed);
      StringBuilder noise = new StringBuilder(random.nextBoolean() ? "random(digits, 1)" : "");
      for (int i = random.nextInt(12); i > 0; i--) {
        noise.append(words[random.nextInt(words.length)]);
      }
      Throwable thrown = catchThrowable(() -> Laws.format("pattern", "pattern", noise.toString()));
      assertThat(thrown == null || thrown instanceof BadOption)
          .as("seed %d: %s", seed, thrown)
          .isTrue();
      if (thrown == null) {
        read++;
        TokenFormat format = Laws.format("pattern", "pattern", noise.toString());
        assertThat(TokenFormat.of("pattern", format.options()))
            .as("seed %d", seed)
            .isEqualTo(format);
      }
    }
    assertThat(read).isPositive();
  }
}
