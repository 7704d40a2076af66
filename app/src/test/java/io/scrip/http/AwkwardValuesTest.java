package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever text comes in comes out, to the byte. */
class AwkwardValuesTest {
  private static final long SEED = 20_261_121L;
  private static final int COUNT = 1_000;

  /** What has been cut, trimmed, folded, escaped or taken for something else elsewhere. */
  private static final List<String> KNOWN =
      List.of(
          "\u0000",
          "\u0000\u0000a\u0000",
          "a",
          " ",
          "\t",
          "\n",
          "\r\n",
          "  both ends  ",
          "trailing ",
          "\u00a0",
          "\u200b",
          "\ufeff",
          "\ufeffstarts with a byte order mark",
          "\ufffe",
          "\uffff",
          "\ufffd",
          "0",
          "00",
          "007",
          "0000000000000000",
          "-0",
          "1e400",
          "1.0",
          "NaN",
          "null",
          "true",
          "undefined",
          "{}",
          "[]",
          "\"",
          "\\",
          "\\u0041",
          "\\\\\"",
          "{\"data\":\"x\"}",
          "</script>",
          "%00",
          "%s%n",
          "${jndi:ldap://x}",
          "#{1+1}",
          "'; drop table tokens; --",
          "\u0301",
          "e\u0301",
          "\u00e9",
          "\u1e9b\u0323",
          "ﬁ",
          "İi̇ıI",
          "ß",
          "\u202etfel ot thgir\u202c",
          "\u05e9\u05dc\u05d5\u05dd",
          "\u0627\u0644\u0633\u0644\u0627\u0645",
          "🙂",
          "👩‍👩‍👧‍👦",
          "🇪🇺",
          "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
          "\ud83d\ude42\u0000\ud83d\ude42",
          "\udbff\udfff",
          "\ud800\udc00",
          "\u0085\u2028\u2029",
          "\u007f",
          "\u001b[31m",
          "\b\f",
          "x".repeat(65_536),
          "\u0000".repeat(65_536),
          "🙂".repeat(16_384),
          "\"".repeat(65_536),
          "scp_",
          "*",
          "********",
          "[redacted]");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.onH2();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_thousand_generated_values_come_back_to_the_byte_one_by_one() {
    int i = 0;
    for (String value : values()) {
      String token = server.post("/v1/tokenize", Json.of("data", value)).text("token");
      assertThat(server.post("/v1/detokenize", Json.of("token", token)).text("data").equals(value))
          .as("value %s of seed %s", i++, SEED)
          .isTrue();
    }
  }

  @Test
  void and_in_batches() {
    List<String> values = values().stream().filter(value -> value.length() < 10_000).toList();
    var made =
        server.post(
            "/v1/tokenize/batch",
            Json.batch(values.stream().map(value -> Json.of("data", value)).toList()));
    List<String> questions =
        Json.texts(made, "items", "token").stream().map(token -> Json.of("token", token)).toList();
    List<String> back =
        Json.texts(server.post("/v1/detokenize/batch", Json.batch(questions)), "items", "data");
    assertThat(back).hasSameSizeAs(values);
    for (int i = 0; i < values.size(); i++) {
      assertThat(back.get(i).equals(values.get(i))).as("value %s of seed %s", i, SEED).isTrue();
    }
  }

  @Test
  void names_subjects_and_metadata_come_back_as_they_are_too() {
    int i = 0;
    for (String text : values()) {
      if (text.length() <= 64) {
        String body =
            Json.of(
                "data",
                text,
                "subject",
                text,
                "name",
                text,
                "metadata",
                java.util.Map.of(text, text));
        var made = server.post("/v1/tokenize", body);
        assertThat(made.status())
            .as("text %s of seed %s: %s", i++, SEED, made.body())
            .isIn(201, 409);
        if (made.status() == 201) {
          var found = server.post("/v1/tokens/lookup", Json.of("name", text));
          assertThat(found.json()).as("text %s of seed %s", i, SEED).isEqualTo(made.json());
          assertThat(found.text("name").equals(text) && found.text("subject").equals(text))
              .isTrue();
        }
      }
    }
  }

  @Test
  void values_that_only_look_alike_are_found_apart() {
    List<String> alike =
        List.of(
            "\u00e9", "e\u0301", "a", "a ", " a", "A", "а", "\ufeffa", "a\u0000", "a\u200b", "01",
            "1", "1.0");
    Expect.ok(
        server.put(
            "dev-admin", "/v1/templates/apart", Json.of("format", "uuid", "searchable", true)),
        201);
    for (String value : alike) {
      server.post("/v1/tokenize", Json.of("data", value, "template", "apart"));
    }
    for (String value : alike) {
      var found = server.post("/v1/tokens/search", Json.of("data", value, "template", "apart"));
      assertThat(Json.list(found, "tokens")).as(value).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00",
        "a\\ud83d",
        "\\ude42\\ud83d",
        "\\ud83d\\ud83d\\ude42",
        "\\ud83dx\\ude42",
        "\\udfff\\u0000"
      })
  void half_of_a_surrogate_pair_is_no_text(String escaped) {
    for (String field : List.of("data", "name", "subject")) {
      String body =
          field.equals("data")
              ? "{\"data\":\"" + escaped + "\"}"
              : "{\"data\":\"x\",\"" + field + "\":\"" + escaped + "\"}";
      var refused = Expect.problem(server.post("/v1/tokenize", body), 400, "invalid-field");
      assertThat(refused.text("field")).isEqualTo(field);
    }
    Expect.problem(
        server.post("/v1/tokenize", "{\"data\":\"x\",\"metadata\":{\"k\":\"" + escaped + "\"}}"),
        400,
        "invalid-field");
    Expect.problem(
        server.post("/v1/tokenize", "{\"data\":\"x\",\"metadata\":{\"" + escaped + "\":\"v\"}}"),
        400,
        "invalid-field");
    Expect.problem(
        server.post("/v1/detokenize", "{\"token\":\"" + escaped + "\"}"), 400, "invalid-field");
    Expect.problem(
        server.post("/v1/tokens/search", "{\"subject\":\"" + escaped + "\"}"),
        400,
        "invalid-field");
  }

  private static List<String> values() {
    Random random = new Random(SEED);
    List<String> values = new ArrayList<>(KNOWN);
    while (values.size() < COUNT) {
      values.add(value(random));
    }
    return values;
  }

  /** Up to 40 code points of any plane, now and then between two of the known ones. */
  private static String value(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(codePoint(random));
    }
    return random.nextInt(4) == 0
        ? KNOWN.get(random.nextInt(KNOWN.size() - 10)) + text
        : text.toString();
  }

  private static int codePoint(Random random) {
    int bound = new int[] {0x80, 0x800, 0x3000, 0x11_0000}[random.nextInt(4)];
    int codePoint = random.nextInt(bound);
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
        ? 0xe000
        : codePoint;
  }
}
