package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each field asked for is as asked, or refused by its place. */
class JsonFieldsTest {
  @ParameterizedTest
  @ValueSource(strings = {"4242", "1.5", "true", "[]", "{}", "[\"x\"]"})
  void a_value_that_is_no_string_is_refused_and_never_turned_into_one(String value) {
    refusedAt("data", () -> fields("{\"data\":" + value + "}").findText("data"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\ud83d", "\\ude00", "a\\ud83db", "\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00"})
  void half_a_character_is_refused_wherever_text_is_asked_for(String half) {
    refusedAt("data", () -> fields("{\"data\":\"" + half + "\"}").findText("data"));
    refusedAt(
        "metadata", () -> fields("{\"metadata\":{\"k\":\"" + half + "\"}}").texts("metadata"));
    refusedAt(
        "metadata", () -> fields("{\"metadata\":{\"" + half + "\":\"v\"}}").texts("metadata"));
  }

  @Test
  void a_whole_character_is_kept_however_it_is_written() {
    assertThat(fields("{\"data\":\"\\ud83d\\ude00\"}").text("data")).isEqualTo("😀");
  }

  @Test
  void null_is_as_good_as_absent() {
    assertThat(fields("{\"data\":null}").has("data")).isFalse();
    assertThat(fields("{\"data\":null}").findText("data")).isEmpty();
    assertThat(fields("{\"flag\":null}").flag("flag")).isFalse();
    refusedAt("data", () -> fields("{\"data\":null}").text("data"));
  }

  @Test
  void an_unknown_field_is_refused_by_name_unless_the_name_could_be_a_value() {
    assertThat(problem(() -> fields("{\"dta\":1}").only(Set.of("data"))).toString())
        .contains("dta");
    for (String name :
        new String[] {"4242424242424242", "mail@example.com", "a b", "ü", "x".repeat(40), ""}) {
      RequestException refused = refusal(() -> fields("{\"" + name + "\":1}").only(Set.of("data")));
      assertThat(refused.problem().toString()).contains("not repeated");
      assertThat(name.isEmpty() || !refused.problem().toString().contains("\"" + name + "\""))
          .isTrue();
      assertThat(refused.problem().toString()).doesNotContain("4242", "example.com");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "1e2",
        "1.5",
        "\"1\"",
        "true",
        "1000000000",
        "-1000000000",
        "99999999999999999999",
        "[]"
      })
  void what_is_no_plain_whole_number_is_refused(String value) {
    refusedAt("limit", () -> fields("{\"limit\":" + value + "}").findInt("limit"));
  }

  @Test
  void whole_numbers_are_read() {
    assertThat(fields("{\"limit\":999999999}").findInt("limit"))
        .isEqualTo(Optional.of(999_999_999));
    assertThat(fields("{\"limit\":-7}").findInt("limit")).isEqualTo(Optional.of(-7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"true\"", "0", "[]", "{}"})
  void a_flag_is_true_or_false_and_nothing_like_it(String value) {
    refusedAt("flag", () -> fields("{\"flag\":" + value + "}").flag("flag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15m",
        "P",
        "PT",
        "P1Y",
        "PT99999999999999999999H",
        "PT15M ",
        "PT9223372036854775807H",
        "3600"
      })
  void what_is_no_duration_is_refused(String value) {
    refusedAt("ttl", () -> fields("{\"ttl\":\"" + value + "\"}").findDuration("ttl"));
  }

  @Test
  void durations_are_read() {
    assertThat(fields("{\"ttl\":\"P30D\"}").findDuration("ttl")).contains(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-02-30T00:00:00Z",
        "2026-01-31T23:59:59",
        "now",
        "+1000000001-01-01T00:00:00Z"
      })
  void what_is_no_instant_is_refused(String value) {
    refusedAt("since", () -> fields("{\"since\":\"" + value + "\"}").findInstant("since"));
  }

  @Test
  void a_problem_names_the_place_in_a_batch() {
    JsonFields fields = fields("{\"items\":[{\"data\":\"x\"},{\"data\":7}]}");
    JsonFields second = fields.element("items", 1, fields.array("items").get(1));
    assertThat(problem(() -> second.text("data")).toString()).contains("items[1].data");
  }

  private static void refusedAt(String place, Runnable question) {
    assertThat(problem(question).toString()).contains(place);
  }

  private static Problem problem(Runnable question) {
    return refusal(question).problem();
  }

  private static RequestException refusal(Runnable question) {
    RequestException[] refused = new RequestException[1];
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(question::run)
        .satisfies(e -> refused[0] = e);
    return refused[0];
  }

  private static JsonFields fields(String json) {
    return JsonBodyReader.read(null, json.getBytes(StandardCharsets.UTF_8)).root();
  }
}
