package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON with no leniency, and a refusal that repeats nothing. */
class JsonBodyReaderTest {
  @Test
  void an_object_in_utf_8_is_read() {
    assertThat(read("{\"data\":\"4242 \uD83D\uDE00\\u0000\"}").root().text("data"))
        .isEqualTo("4242 \uD83D\uDE00\0");
    assertThat(read(" \r\n{} \t").root().has("data")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"x\":[{\"y\":{\"a\":1,\"b\":2,\"a\":3}}]}",
        "{\"a\":1,\"\\u0061\":2}"
      })
  void a_field_that_stands_twice_is_refused_at_any_depth(String json) {
    refused(json, ProblemType.DUPLICATE_FIELD);
  }

  @Test
  void the_same_name_in_two_objects_is_not_twice() {
    assertThat(read("{\"x\":[{\"a\":1},{\"a\":2}],\"a\":3}").root().array("x")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{},",
        "[]",
        "1",
        "\"text\"",
        "null",
        "true",
        "{\"a\":}",
        "{\"a\"}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":0x1}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\0\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{/*c*/}",
        "{//c\n}",
        "{\"a\":tru}",
        "\uFEFF{}"
      })
  void what_is_no_json_object_is_refused(String json) {
    refused(json, ProblemType.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0af", // overlong slash
        "e080af", // overlong in three bytes
        "f08080af", // overlong in four
        "eda080", // half a surrogate pair
        "f4908080", // past the last code point
        "80", // a continuation of nothing
        "c3", // cut
        "ff",
        "fe"
      })
  void bytes_that_are_no_utf_8_are_refused_wherever_they_stand(String hex) {
    refusedBytes("7b2261223a22" + hex + "227d"); // as a value
    refusedBytes("7b22" + hex + "223a317d"); // as a name
    refusedBytes(hex + "7b7d"); // in front
  }

  @ParameterizedTest
  @ValueSource(strings = {"feff007b007d", "fffe7b007d00", "0000007b0000007d", "7b0000007d000000"})
  void other_encodings_are_refused_with_and_without_their_mark(String hex) {
    refusedBytes(hex);
  }

  @Test
  void a_charset_that_is_not_utf_8_is_refused_by_its_name() {
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(
            () -> JsonBodyReader.read(MediaType.of("application/json;charset=utf-16"), bytes("{}")))
        .matches(e -> is(e, ProblemType.UNSUPPORTED_MEDIA_TYPE));
    assertThat(
            JsonBodyReader.read(MediaType.of("application/json;charset=UTF-8"), bytes("{}"))
                .bytes())
        .hasSize(2);
  }

  @Test
  void no_body_is_deeper_than_a_call_needs() {
    assertThat(read(nested(7)).root().has("a")).isTrue();
    refused(nested(8), ProblemType.MALFORMED_JSON);
    refused(nested(100_000), ProblemType.MALFORMED_JSON);
  }

  @Test
  void no_name_and_no_number_is_longer_than_a_call_needs() {
    refused("{\"" + "n".repeat(50_000) + "\":1}", ProblemType.MALFORMED_JSON);
    refused("{\"a\":" + "9".repeat(5_000) + "}", ProblemType.MALFORMED_JSON);
    refused("{\"a\":1" + "0".repeat(200_000) + "}", ProblemType.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1E+2147483648",
        "123456789012345678901234567890"
      })
  void a_huge_number_costs_nothing_and_is_no_whole_number(String number) {
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> read("{\"limit\":" + number + "}").root().findInt("limit"));
  }

  @Test
  void the_body_prints_nothing_of_itself() {
    assertThat(read("{\"data\":\"4242\"}").toString()).doesNotContain("4242");
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static void refused(String json, ProblemType type) {
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> read(json))
        .matches(e -> is(e, type), type.slug());
  }

  private static void refusedBytes(String hex) {
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> JsonBodyReader.read(null, HexFormat.of().parseHex(hex)))
        .matches(e -> is(e, ProblemType.MALFORMED_JSON));
  }

  private static boolean is(RequestException e, ProblemType type) {
    return e.problem()
        .equals(
            Problem.of(
                type, java.util.Objects.toString(e.getMessage()), java.util.Optional.empty()));
  }

  private static JsonBody read(String json) {
    return JsonBodyReader.read(null, bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
