package io.scrip.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger sends along as request id ends up in logs and in the trail. */
class RequestIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "a.b_c-d.",
        "01234567890-01234567890",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "chain.open"
      })
  void ids_of_gateways_are_taken_as_they_stand(String value) {
    assertThat(RequestId.parse(value)).hasValueSatisfying(id -> assertThat(id).hasToString(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1234567",
        "with space",
        "new\nline1",
        "semi;colon",
        "quote\"mark",
        "<script>",
        "ümlauted",
        "null\0null",
        "a/b/c/d/e",
        "${jndi:x}",
        "percent%0a",
        "tabs\there",
        "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"
      })
  void anything_else_is_left_out(String value) {
    refused(value);
  }

  @Test
  void length_is_bounded_on_both_ends() {
    assertThat(RequestId.parse("x".repeat(64))).isPresent();
    refused("x".repeat(65));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"424242424242", "4242424242424242", "id-4242424242424242", "a5555555555554444b"})
  void a_card_number_is_no_request_id(String value) {
    refused(value);
  }

  @Test
  void random_ids_are_valid_and_not_given_twice() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String value = RequestId.random().value();
      assertThat(seen.add(value)).as(value).isTrue();
    }
  }

  private static void refused(String value) {
    assertThat(RequestId.parse(value)).isEmpty();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new RequestId(value));
  }
}
