package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One value in, one token out. */
interface TokenizeContract extends ApiContract {
  String REFUSED =
      """
      {"data":"x","amount":1}                      | unknown-field       | amount
      {"data":"x","Data":"y"}                      | unknown-field       | Data
      {"data":"x","view":"plain"}                  | unknown-field       | view
      {"data":"x","ref":"belongs into a batch"}    | unknown-field       | ref
      {"data":"x","token":"mine"}                  | unknown-field       | token
      {}                                           | invalid-field       | data
      {"data":null}                                | invalid-field       | data
      {"data":""}                                  | invalid-field       | data
      {"data":4242424242424242}                    | invalid-field       | data
      {"data":42.5}                                | invalid-field       | data
      {"data":true}                                | invalid-field       | data
      {"data":["x"]}                               | invalid-field       | data
      {"data":{"a":"b"}}                           | invalid-field       | data
      {"data":"x","template":7}                    | invalid-field       | template
      {"data":"x","template":""}                   | invalid-field       | template
      {"data":"x","template":"Not A Name"}         | invalid-field       | template
      {"data":"x","template":"nosuch"}             | unknown-template    |
      {"data":"x","name":""}                       | invalid-field       | name
      {"data":"x","name":5}                        | invalid-field       | name
      {"data":"x","subject":""}                    | invalid-field       | subject
      {"data":"x","subject":[]}                    | invalid-field       | subject
      {"data":"x","ttl":60}                        | invalid-field       | ttl
      {"data":"x","ttl":"soon"}                    | invalid-field       | ttl
      {"data":"x","ttl":"P1Y"}                     | invalid-field       | ttl
      {"data":"x","ttl":"PT0S"}                    | lease-out-of-bounds |
      {"data":"x","ttl":"PT0.999S"}                | lease-out-of-bounds |
      {"data":"x","ttl":"-PT5S"}                   | lease-out-of-bounds |
      {"data":"x","ttl":"P36501D"}                 | lease-out-of-bounds |
      {"data":"x","metadata":"a=b"}                | invalid-field       | metadata
      {"data":"x","metadata":["a"]}                | invalid-field       | metadata
      {"data":"x","metadata":{"a":1}}              | invalid-field       | metadata
      {"data":"x","metadata":{"a":null}}           | invalid-field       | metadata
      {"data":"x","metadata":{"a":{"b":"c"}}}      | invalid-field       | metadata
      {"data":"x","metadata":{"":"empty"}}         | metadata-too-large  |
      {"data":"no card","template":"card"}         | data-does-not-fit   |
      {"data":"x","data":"y"}                      | duplicate-field     |
      {"data":"\\ud800"}                           | invalid-field       | data
      {"data":"x","name":"\\udc00"}                | invalid-field       | name
      ["data"]                                     | malformed-json      |
      "data"                                       | malformed-json      |
      null                                         | malformed-json      |
      {"data":"x"                                  | malformed-json      |
      {"data":"x"} {}                              | malformed-json      |
      {data:"x"}                                   | malformed-json      |
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = REFUSED)
  default void a_value_sent_wrongly_is_refused_by_name(
      String body, String problem, @org.jspecify.annotations.Nullable String field) {
    var answer = Expect.problem(server().post("/v1/tokenize", body), 400, problem);
    if (field != null) {
      assertThat(answer.text("field")).isEqualTo(field);
    }
  }

  @Test
  default void an_empty_body_is_refused() {
    Expect.problem(server().post("/v1/tokenize", ""), 400, "invalid-request");
  }

  @Test
  default void an_unknown_field_that_could_be_a_value_is_not_repeated() {
    var answer = server().post("/v1/tokenize", "{\"data\":\"x\",\"4242424242424242\":\"y\"}");
    Expect.problem(answer, 400, "unknown-field");
    assertThat(answer.body()).doesNotContain("4242");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "🙂"})
  default void a_value_has_up_to_64_kib_of_utf_8_and_not_a_byte_more(String character) {
    int size = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    String full = character.repeat(65_536 / size) + "y".repeat(65_536 % size);
    assertThat(detokenize("dev-reader", token("data", full)).text("data")).isEqualTo(full);
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", full + "z")), 400, "data-too-large");
  }

  @Test
  default void a_name_and_a_subject_have_up_to_256_characters() {
    String longest = fresh("n".repeat(200));
    String full = longest + "x".repeat(256 - longest.length());
    make("data", "x", "name", full, "subject", full);
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "x", "name", full + "y")),
        400,
        "label-too-long");
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "x", "subject", full + "y")),
        400,
        "label-too-long");
  }

  @Test
  default void metadata_has_up_to_16_entries_and_4_kib() {
    Map<String, String> most = new HashMap<>();
    for (int i = 0; i < 16; i++) {
      most.put("key" + (char) ('a' + i), "v");
    }
    make("data", "x", "metadata", most);
    most.put("one", "more");
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "x", "metadata", most)),
        400,
        "metadata-too-large");
    make("data", "x", "metadata", Map.of("k", "v".repeat(4095)));
    var large = Json.of("data", "x", "metadata", Map.of("k", "v".repeat(4096)));
    Expect.problem(server().post("/v1/tokenize", large), 400, "metadata-too-large");
  }

  @Test
  default void a_name_is_taken_once() {
    String name = fresh("name");
    make("data", "x", "name", name);
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "y", "name", name)), 409, "name-taken");
    assertThat(server().post("/v1/detokenize", Json.of("name", name)).text("data")).isEqualTo("x");
  }

  @Test
  default void of_many_who_want_a_name_at_one_moment_one_gets_it() {
    String name = fresh("name");
    var answers =
        Expect.atOnce(
            16,
            i -> server().post("/v1/tokenize", Json.of("data", "v" + i, "name", name)).status());
    assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  default void a_name_is_free_again_after_a_revocation_and_after_expiry() {
    String name = fresh("name");
    make("data", "one", "name", name);
    revoke("name", name);
    make("data", "two", "name", name, "ttl", "PT1S");
    Expect.eventually(
        201, () -> server().post("/v1/tokenize", Json.of("data", "three", "name", name)));
    assertThat(server().post("/v1/detokenize", Json.of("name", name)).text("data"))
        .isEqualTo("three");
  }

  @Test
  default void the_plainest_answer_has_token_template_and_time_and_no_more() {
    var made = make("data", "x");
    assertThat(Json.fields(made.json()))
        .containsExactlyInAnyOrder("token", "template", "createdAt");
    assertThat(made.text("template")).isEqualTo("opaque");
    assertThat(Instant.parse(made.text("createdAt")))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  default void the_fullest_answer_repeats_what_was_said_of_the_token_and_never_the_value() {
    String name = fresh("name");
    var made =
        make(
            "data",
            "the value",
            "template",
            "uuid",
            "name",
            name,
            "subject",
            "s",
            "ttl",
            "PT1H",
            "metadata",
            Map.of("k", "v"));
    assertThat(Json.fields(made.json()))
        .containsExactlyInAnyOrder(
            "token", "template", "createdAt", "expiresAt", "name", "subject", "metadata");
    assertThat(
            Duration.between(
                Instant.parse(made.text("createdAt")), Instant.parse(made.text("expiresAt"))))
        .isEqualTo(Duration.ofHours(1));
    assertThat(made.body()).doesNotContain("the value");
  }

  @ParameterizedTest
  @CsvSource({
    "opaque,anything at all", "uuid,anything", "card,4242424242424242", "digits,0012345678",
        "alphanumeric,AB-12-cd",
    "email,jane@example.com", "phone,+4915112345678", "ssn,123-45-6789",
        "iban,DE89370400440532013000", "date,1990-02-28"
  })
  default void every_built_in_template_gives_back_what_it_was_given(String template, String data) {
    String token = token("data", data, "template", template);
    assertThat(token).isNotEqualTo(data);
    assertThat(detokenize("dev-reader", token).text("data")).isEqualTo(data);
  }

  @Test
  default void each_call_gets_a_token_of_its_own() {
    var tokens = Expect.atOnce(32, _ -> token("data", "the same"));
    assertThat(tokens).doesNotHaveDuplicates();
  }
}
