package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scrip.format.FormatException.BadOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final Mask CARD = Mask.parse("first=6,last=4,symbol=*");
  private static final Mask EMAIL = Mask.parse("email,symbol=*");

  @Test
  void both_ends_show() {
    assertThat(CARD.apply("4111111111111234")).isEqualTo("411111******1234");
    assertThat(CARD.apply("378282246310005")).isEqualTo("378282*****0005");
    assertThat(Mask.parse("first=0,last=2,symbol=#").apply("abcdef")).isEqualTo("####ef");
  }

  @Test
  void a_value_too_short_to_hide_a_third_shows_nothing() {
    assertThat(CARD.apply("37828224631000")).isEqualTo("********");
    assertThat(CARD.apply("1")).isEqualTo("********");
    assertThat(CARD.apply("")).isEqualTo("********");
    assertThat(Mask.HIDDEN.apply("a value of any length")).isEqualTo("********");
  }

  @Test
  void at_least_a_third_of_any_value_is_hidden() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Mask mask = new Mask.Ends(random.nextInt(33), random.nextInt(33), "•");
      String data = Laws.text(random, "aé😀\0\n", random.nextInt(120));
      String shown = mask.apply(data);
      long hidden = shown.codePoints().filter(c -> c == '•').count();
      assertThat(3 * hidden).as("seed %d", seed).isGreaterThanOrEqualTo(shown.codePoints().count());
    }
  }

  @Test
  void an_emoji_counts_once_and_is_never_cut() {
    assertThat(Mask.parse("first=1,last=1,symbol=•").apply("😀abc😎")).isEqualTo("😀•••😎");
    assertThat(EMAIL.apply("😀bc@example.org")).isEqualTo("😀*****@example.org");
  }

  @Test
  void an_address_shows_its_first_character_and_domain() {
    assertThat(EMAIL.apply("jane.doe@example.org")).isEqualTo("j*****@example.org");
    assertThat(EMAIL.apply("\"a@b\"@example.org")).isEqualTo("\"*****@example.org");
    assertThat(EMAIL.apply("jd@example.org")).isEqualTo("*****@example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "jane", "@example.org", "jane@"})
  void what_is_no_address_shows_nothing(String data) {
    assertThat(EMAIL.apply(data)).isEqualTo("********");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first=0,last=0,symbol=*",
        "first=32,last=32,symbol==",
        "first=6,last=4,symbol=,",
        "email,symbol=•"
      })
  void a_mask_prints_as_it_reads(String text) {
    assertThat(Mask.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "first=6",
        "first=6,last=4",
        "last=4,first=6,symbol=*",
        "first=33,last=4,symbol=*",
        "first=6,last=100,symbol=*",
        "first=-1,last=4,symbol=*",
        "first=06,last=4,symbol=*",
        "first=6,last=4,symbol=",
        "first=6,last=4,symbol=**",
        "first=6,last=4,symbol=x",
        "first=6,last=4,symbol=0",
        "first=6,last=4,symbol= ",
        "first=6,last=4,symbol=\n",
        " first=6,last=4,symbol=*",
        "email",
        "email,symbol=a",
        "phone,symbol=*"
      })
  void any_other_text_is_refused(String text) {
    assertThatThrownBy(() -> Mask.parse(text))
        .isInstanceOfSatisfying(BadOption.class, bad -> assertThat(bad.option()).isEqualTo("mask"));
  }

  @Test
  void noise_is_refused_or_read() {
    String[] words = {"first=", "last=", "symbol=", "email", ",", "*", "1", "9", "=", "😀", "\0"};
    for (long seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      StringBuilder noise = new StringBuilder();
      for (int i = random.nextInt(9); i > 0; i--) {
        noise.append(words[random.nextInt(words.length)]);
      }
      Throwable thrown = catchThrowable(() -> Mask.parse(noise.toString()));
      assertThat(thrown == null || thrown instanceof BadOption)
          .as("seed %d: %s", seed, thrown)
          .isTrue();
    }
  }
}
