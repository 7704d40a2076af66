package io.scrip.identity;

import static io.scrip.identity.PlaintextAccess.GRANTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** Whoever holds a token holds the value, so it is as quiet as one. */
class TokenTest {
  @Test
  void it_prints_nothing_of_itself() {
    assertThat(new Token("tok_secret")).hasToString("[token]");
  }

  @Test
  void its_content_is_what_it_was_made_of() {
    assertThat(new Token("tök").text(GRANTED)).isEqualTo("tök");
    assertThat(new Token("tök").utf8(GRANTED)).hasSize(4);
  }

  @Test
  void equality_is_of_every_character() {
    assertThat(new Token("abc")).isEqualTo(new Token("abc")).hasSameHashCodeAs(new Token("abc"));
    assertThat(new Token("abc")).isNotEqualTo(new Token("abd"));
    assertThat(new Token("abc")).isNotEqualTo(new Token("ABC"));
    assertThat(new Token("abc")).isNotEqualTo(new Token("abc "));
    assertThat(new Token("abc").equals((Object) "abc")).isFalse();
  }

  @Test
  void its_length_is_bounded() {
    assertThat(new Token("x".repeat(Token.MAX_LENGTH)).text(GRANTED)).hasSize(4096);
    refused("");
    refused("x".repeat(Token.MAX_LENGTH + 1));
  }

  private static void refused(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Token(text))
        .withMessageNotContaining("xx");
  }
}
