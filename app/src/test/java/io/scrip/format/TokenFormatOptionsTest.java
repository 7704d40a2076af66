package io.scrip.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.format.FormatException.BadOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFormatOptionsTest {
  static List<TokenFormat> formats() {
    return List.of(
        Laws.format("opaque"),
        Laws.format("opaque", "prefix", "acme_"),
        Laws.format("uuid"),
        Laws.format("card"),
        Laws.format("card", "head", "8", "tail", "0", "require-luhn", "false"),
        Laws.format("card", "luhn", "valid", "range", "99123"),
        Laws.format("digits", "head", "1", "tail", "2", "min-drawn", "6"),
        Laws.format("alphanumeric", "tail", "4"),
        Laws.format("email"),
        Laws.format("email", "domain", "vault.test", "length", "10"),
        Laws.format("phone"),
        Laws.format("ssn", "tail", "4"),
        Laws.format("iban", "check", "valid"),
        Laws.format("date"),
        Laws.format("date", "range-days", "365"),
        Laws.format(
            "pattern", "pattern", "keep(2) literal(\"\\\"-\\\\\") random(\"ab\", 8) keep(-1)"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void options_read_back_as_the_same_format(TokenFormat format) {
    assertThat(TokenFormat.of(format.kind(), format.options())).isEqualTo(format);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_unknown_option_is_refused_by_name(TokenFormat format) {
    Map<String, String> options = new HashMap<>(format.options());
    options.put("colour", "red");
    assertThatThrownBy(() -> TokenFormat.of(format.kind(), options))
        .isInstanceOfSatisfying(
            BadOption.class, bad -> assertThat(bad.option()).isEqualTo("colour"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void the_usual_mask_is_allowed_and_stored(TokenFormat format) {
    format.check(format.mask());
    assertThat(Mask.parse(format.mask().text())).isEqualTo(format.mask());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Card", "cards", "card ", "io.scrip.format.CardFormat", "ff1"})
  void an_unknown_kind_is_refused(String kind) {
    assertThatThrownBy(() -> TokenFormat.of(kind, Map.of()))
        .isInstanceOfSatisfying(
            BadOption.class, bad -> assertThat(bad.option()).isEqualTo("format"));
  }

  @Test
  void options_are_printed_in_full_so_that_a_stored_template_outlives_new_defaults() {
    assertThat(Laws.format("opaque").options()).isEqualTo(Map.of("prefix", "tok_"));
    assertThat(Laws.format("card").options())
        .isEqualTo(Map.of("luhn", "invalid", "head", "6", "tail", "4", "require-luhn", "true"));
    assertThat(Laws.format("digits").options())
        .isEqualTo(Map.of("head", "0", "tail", "0", "min-drawn", "1"));
    assertThat(Laws.format("alphanumeric").options())
        .isEqualTo(Map.of("head", "0", "tail", "0", "min-drawn", "1"));
    assertThat(Laws.format("email").options()).isEqualTo(Map.of("domain", "keep", "length", "25"));
    assertThat(Laws.format("ssn").options()).isEqualTo(Map.of("tail", "0"));
    assertThat(Laws.format("iban").options()).isEqualTo(Map.of("check", "invalid"));
  }
}
