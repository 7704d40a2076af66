package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token in, its value out, as far as the caller may see it. */
interface DetokenizeContract extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                   | invalid-field | token
          {"token":null}                       | invalid-field | token
          {"token":"t","name":"n"}             | invalid-field | token
          {"token":""}                         | invalid-field | token
          {"token":7}                          | invalid-field | token
          {"token":["t"]}                      | invalid-field | token
          {"name":""}                          | invalid-field | name
          {"name":{}}                          | invalid-field | name
          {"token":"t","view":"naked"}         | invalid-field | view
          {"token":"t","view":"PLAIN"}         | invalid-field | view
          {"token":"t","view":true}            | invalid-field | view
          {"token":"t","purpose":""}           | invalid-field | purpose
          {"token":"t","purpose":"two words"}  | invalid-field | purpose
          {"token":"t","purpose":"p4242424242424242"} | invalid-field | purpose
          {"token":"t","data":"x"}             | unknown-field | data
          {"token":"t","ref":"only in a batch"} | unknown-field | ref
          {"token":"t","token":"u"}            | duplicate-field | -
          """,
      nullValues = "-")
  default void a_token_sent_wrongly_is_refused_by_name(
      String body, String problem, @Nullable String field) {
    var answer = Expect.problem(server().post("/v1/detokenize", body), 400, problem);
    if (field != null) {
      assertThat(answer.text("field")).isEqualTo(field);
    }
  }

  @Test
  default void a_token_is_looked_for_up_to_4096_characters() {
    Expect.problem(
        server().post("/v1/detokenize", Json.of("token", "t".repeat(4096))),
        404,
        "token-not-found");
    Expect.problem(
        server().post("/v1/detokenize", Json.of("token", "t".repeat(4097))), 400, "invalid-field");
  }

  @Test
  default void
      unknown_expired_revoked_foreign_and_mistyped_tokens_look_alike_and_the_trail_tells_why() {
    Map<String, String> gone = new TreeMap<>();
    gone.put("unknown", "424242111111" + "4242");
    gone.put("revoked", token("data", "x"));
    gone.put("foreign", makeAs("alpha", "data", "x").text("token"));
    gone.put("expired", token("data", "x", "ttl", "PT1S"));
    gone.put("mistyped", mistyped(token("data", "x")));
    revoke("token", gone.get("revoked"));
    Expect.eventually(404, () -> detokenize("viewer", gone.get("expired")));
    List<Answer> answers = new ArrayList<>();
    for (var one : gone.entrySet()) {
      Answer answer =
          server()
              .post(
                  "viewer",
                  "/v1/detokenize",
                  Json.of("token", one.getValue(), "purpose", "p-" + one.getKey()));
      answers.add(Expect.problem(answer, 404, "token-not-found"));
    }
    assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
    assertThat(answers.stream().map(DetokenizeContract::headersOf).distinct()).hasSize(1);
    assertThat(reasons())
        .containsAllEntriesOf(
            Map.of(
                "p-unknown",
                "unknown",
                "p-revoked",
                "revoked",
                "p-foreign",
                "unknown",
                "p-expired",
                "expired",
                "p-mistyped",
                "mistyped"));
  }

  private static Map<String, List<String>> headersOf(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("x-request-id");
    return headers;
  }

  /** Another last character, which the check characters do not fit. */
  private static String mistyped(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
  }

  private Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    server()
        .post("/v1/audit/events", Json.of("actor", "viewer@clients", "action", "token.detokenize"))
        .body()
        .lines()
        .map(AuditContract::line)
        .filter(line -> line.get("purpose") != null)
        .forEach(line -> reasons.put(Json.text(line, "purpose"), Json.text(line, "reason")));
    return reasons;
  }

  @Test
  default void a_batch_answers_for_a_gone_token_just_like_for_an_unknown_one() {
    String revoked = token("data", "x");
    revoke("token", revoked);
    var answer =
        server()
            .post(
                "/v1/detokenize/batch",
                Json.batch(List.of(Json.of("token", "unknown"), Json.of("token", revoked))));
    assertThat(
            Json.list(answer, "items").stream()
                .map(item -> Json.find(item, "problem").orElseThrow().toString())
                .distinct())
        .hasSize(1);
  }

  @Test
  default void the_masked_view_is_all_that_its_permission_gives() {
    String token = token("data", "4242424242424242", "template", "card");
    var masked = Expect.ok(detokenize("dev-masked", token), 200);
    assertThat(masked.text("data")).isEqualTo("************4242");
    assertThat(masked.text("view")).isEqualTo("masked");
    assertThat(masked.body()).doesNotContain("424242");
    var plain =
        server().post("dev-masked", "/v1/detokenize", Json.of("token", token, "view", "plain"));
    Expect.problem(plain, 403, "access-denied");
    assertThat(plain.body()).doesNotContain("4242");
  }

  @Test
  default void who_may_see_all_may_ask_for_less() {
    String token = token("data", "jane@example.com", "template", "email");
    var masked =
        server().post("dev-reader", "/v1/detokenize", Json.of("token", token, "view", "masked"));
    assertThat(masked.text("data")).isEqualTo("j*****@example.com");
    assertThat(Json.fields(detokenize("dev-reader", token).json()))
        .containsExactlyInAnyOrder("data", "view", "template");
  }

  @Test
  default void a_template_can_ask_for_a_permission_of_its_own() {
    String template =
        template(
            "format",
            "opaque",
            "revealPermission",
            "reveal:vip",
            "mask",
            "first=1,last=0,symbol=*");
    String token = token("data", "secret", "template", template);
    Expect.problem(detokenize("dev-reader", token), 403, "access-denied");
    Expect.problem(detokenize("dev-admin", token), 403, "access-denied");
    assertThat(detokenize("vip", token).text("data")).isEqualTo("secret");
    assertThat(detokenize("dev-masked", token).text("data")).isEqualTo("s*****");
  }

  @Test
  default void a_permission_that_a_template_asks_for_later_holds_for_its_old_tokens() {
    String template = template("format", "opaque");
    String token = token("data", "secret", "template", template);
    Expect.ok(put(template, "format", "opaque", "revealPermission", "reveal:vip"), 200);
    Expect.problem(detokenize("dev-reader", token), 403, "access-denied");
    Expect.ok(server().delete("dev-admin", "/v1/templates/" + template), 204);
    Expect.problem(detokenize("dev-reader", token), 403, "access-denied");
    Expect.ok(detokenize("vip", token), 200);
  }

  @Test
  default void a_name_serves_as_well_as_the_token() {
    String name = fresh("O'Brien; drop table -- \u0000 \u202e\ud83d\ude42");
    make("data", "x", "name", name);
    assertThat(server().post("/v1/detokenize", Json.of("name", name)).text("data")).isEqualTo("x");
    Expect.problem(
        server().post("/v1/detokenize", Json.of("name", name + " ")), 404, "token-not-found");
    Expect.problem(
        server().post("alpha", "/v1/detokenize", Json.of("name", name)), 404, "token-not-found");
  }
}
