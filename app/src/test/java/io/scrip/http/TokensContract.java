package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lookup, search and renewal. */
interface TokensContract extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          lookup | {}                                            | token
          lookup | {"token":"t","name":"n"}                      | token
          lookup | {"token":7}                                   | token
          renew  | {}                                            | token
          renew  | {"token":"t","name":"n"}                      | token
          renew  | {"token":"t","ttl":60}                        | ttl
          renew  | {"token":"t","ttl":"an hour"}                 | ttl
          search | {}                                            | data
          search | {"data":"x","subject":"s"}                    | data
          search | {"data":"x"}                                  | template
          search | {"data":7,"template":"card"}                  | data
          search | {"data":"","template":"card"}                 | data
          search | {"data":"x","template":"No Name"}             | template
          search | {"subject":""}                                | subject
          search | {"subject":["s"]}                             | subject
          search | {"subject":"s","limit":0}                     | limit
          search | {"subject":"s","limit":101}                   | limit
          search | {"subject":"s","limit":-1}                    | limit
          search | {"subject":"s","limit":1.5}                   | limit
          search | {"subject":"s","limit":1e1}                   | limit
          search | {"subject":"s","limit":"10"}                  | limit
          search | {"subject":"s","limit":99999999999999999999}  | limit
          search | {"subject":"s","cursor":"1"}                  | cursor
          search | {"subject":"s","cursor":1}                    | cursor
          """)
  default void a_question_about_tokens_sent_wrongly_is_refused_by_name(
      String call, String body, String field) {
    var answer = Expect.problem(server().post("/v1/tokens/" + call, body), 400, "invalid-field");
    assertThat(answer.text("field")).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "lookup,data",
    "lookup,view",
    "search,name",
    "search,offset",
    "renew,data",
    "revoke,all"
  })
  default void an_unknown_field_is_refused_by_name(String call, String field) {
    var answer = server().post("/v1/tokens/" + call, Json.of("token", "t", field, "x"));
    Expect.problem(answer, 400, "unknown-field");
  }

  @Test
  default void a_lookup_tells_everything_but_the_value() {
    String name = fresh("name");
    var made =
        make(
            "data",
            "the value",
            "name",
            name,
            "subject",
            "s",
            "ttl",
            "PT1H",
            "metadata",
            Map.of("k", "v"));
    var byToken =
        Expect.ok(
            server().post("dev-writer", "/v1/tokens/lookup", Json.of("token", made.text("token"))),
            200);
    assertThat(byToken.json()).isEqualTo(made.json());
    assertThat(server().post("/v1/tokens/lookup", Json.of("name", name)).body())
        .isEqualTo(byToken.body());
    assertThat(byToken.body()).doesNotContain("the value");
    revoke("name", name);
    Expect.problem(
        server().post("/v1/tokens/lookup", Json.of("token", made.text("token"))),
        404,
        "token-not-found");
  }

  @Test
  default void a_search_by_value_finds_the_tokens_of_that_template_and_of_no_other() {
    String data = fresh("value");
    String mine = searchable("opaque");
    String others = searchable("uuid");
    var tokens =
        List.of(token("data", data, "template", mine), token("data", data, "template", mine));
    String other = token("data", data, "template", others);
    token("data", data);
    assertThat(found("data", data, "template", mine)).containsExactlyInAnyOrderElementsOf(tokens);
    assertThat(found("data", data, "template", others)).containsExactly(other);
    assertThat(found("data", data + " ", "template", mine)).isEmpty();
    assertThat(found("data", data, "template", "nosuch")).isEmpty();
  }

  @Test
  default void a_template_that_does_not_say_so_is_not_searched_by_value() {
    String silent = template("format", "uuid");
    for (String template : List.of("opaque", "card", silent)) {
      Expect.problem(
          server().post("/v1/tokens/search", Json.of("data", "x", "template", template)),
          400,
          "template-not-searchable");
    }
    var events =
        AuditContract.lines(
            server().get("dev-admin", "/v1/audit/events?action=token.search"), "event");
    assertThat(events)
        .filteredOn(event -> Json.text(event, "reason").equals("not-searchable"))
        .extracting(event -> Json.text(event, "template"))
        .contains(silent);
    Expect.problem(put(fresh("t"), "format", "uuid", "searchable", "yes"), 400, "invalid-field");
    assertThat(server().get("dev-admin", "/v1/templates/" + silent).text("searchable"))
        .isEqualTo("false");
  }

  @Test
  default void a_template_made_searchable_finds_what_is_made_from_then_on() {
    String name = template("format", "opaque");
    String data = fresh("value");
    token("data", data, "template", name);
    Expect.ok(put(name, "format", "opaque", "searchable", true), 200);
    String later = token("data", data, "template", name);
    assertThat(found("data", data, "template", name)).containsExactly(later);
    server().delete("dev-admin", "/v1/templates/" + name);
    assertThat(found("data", data, "template", name)).containsExactly(later);
    Expect.ok(put(name, "format", "opaque"), 201);
    Expect.problem(
        server().post("/v1/tokens/search", Json.of("data", data, "template", name)),
        400,
        "template-not-searchable");
  }

  private String searchable(String format) {
    return template("format", format, "searchable", true);
  }

  @Test
  default void a_search_by_subject_comes_in_pages_that_miss_and_repeat_nothing() {
    String subject = fresh("subject");
    var made =
        IntStream.range(0, 7).mapToObj(i -> token("data", "v" + i, "subject", subject)).toList();
    makeAs("alpha", "data", "x", "subject", subject);
    var page =
        Expect.ok(server().post("/v1/tokens/search", Json.of("subject", subject, "limit", 3)), 200);
    List<String> all = new ArrayList<>(Json.texts(page, "tokens", "token"));
    List<Integer> sizes = new ArrayList<>(List.of(all.size()));
    while (Json.find(page.json(), "next").isPresent()) {
      page =
          server()
              .post(
                  "/v1/tokens/search",
                  Json.of("subject", subject, "limit", 3, "cursor", page.text("next")));
      all.addAll(Json.texts(page, "tokens", "token"));
      sizes.add(Json.list(page, "tokens").size());
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(made);
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  default void a_search_by_value_comes_in_pages_too() {
    String data = fresh("value");
    String mine = searchable("opaque");
    var made = IntStream.range(0, 5).mapToObj(_ -> token("data", data, "template", mine)).toList();
    var first =
        server().post("/v1/tokens/search", Json.of("data", data, "template", mine, "limit", 3));
    var second =
        server()
            .post(
                "/v1/tokens/search",
                Json.of("data", data, "template", mine, "limit", 3, "cursor", first.text("next")));
    List<String> all = new ArrayList<>(Json.texts(first, "tokens", "token"));
    all.addAll(Json.texts(second, "tokens", "token"));
    assertThat(all).containsExactlyInAnyOrderElementsOf(made);
    assertThat(Json.find(second.json(), "next")).isEmpty();
  }

  @Test
  default void a_search_finds_neither_what_is_revoked_nor_what_has_expired() {
    String subject = fresh("subject");
    String kept = token("data", "x", "subject", subject);
    revoke("token", token("data", "y", "subject", subject));
    String short_ = token("data", "z", "subject", subject, "ttl", "PT1S");
    Expect.eventually(404, () -> detokenize("dev-reader", short_));
    assertThat(found("subject", subject)).containsExactly(kept);
    revoke("subject", subject);
    assertThat(found("subject", subject)).isEmpty();
  }

  private List<String> found(Object... by) {
    return Json.texts(
        Expect.ok(server().post("/v1/tokens/search", Json.of(by)), 200), "tokens", "token");
  }

  @Test
  default void a_renewal_counts_from_now_and_stays_within_the_templates_maximum() {
    String template = template("format", "opaque", "defaultTtl", "PT30M", "maxTtl", "PT1H");
    Expect.problem(
        server()
            .post("/v1/tokenize", Json.of("data", "x", "template", template, "ttl", "PT1H0.001S")),
        400,
        "lease-out-of-bounds");
    var made = make("data", "x", "template", template);
    assertThat(lease(made.text("createdAt"), made.text("expiresAt")))
        .isEqualTo(Duration.ofMinutes(30));
    String token = made.text("token");
    Expect.problem(
        server().post("/v1/tokens/renew", Json.of("token", token, "ttl", "PT2H")),
        400,
        "lease-out-of-bounds");
    Expect.problem(
        server().post("/v1/tokens/renew", Json.of("token", token, "ttl", "PT0S")),
        400,
        "lease-out-of-bounds");
    var renewed =
        Expect.ok(server().post("/v1/tokens/renew", Json.of("token", token, "ttl", "PT1H")), 200);
    assertThat(Json.fields(renewed.json()))
        .containsExactlyInAnyOrder("template", "createdAt", "expiresAt");
    assertThat(lease(made.text("createdAt"), renewed.text("expiresAt")))
        .isBetween(Duration.ofHours(1), Duration.ofMinutes(65));
    assertThat(server().post("/v1/tokens/lookup", Json.of("token", token)).text("expiresAt"))
        .isEqualTo(renewed.text("expiresAt"));
    assertThat(detokenize("dev-reader", token).text("data")).isEqualTo("x");
  }

  private static Duration lease(String from, String to) {
    return Duration.between(Instant.parse(from), Instant.parse(to));
  }

  @Test
  default void what_has_ended_is_not_renewed() {
    String revoked = token("data", "x");
    revoke("token", revoked);
    String expired = token("data", "x", "ttl", "PT1S");
    Expect.eventually(404, () -> detokenize("dev-reader", expired));
    for (String token :
        List.of(revoked, expired, "unknown", makeAs("alpha", "data", "x").text("token"))) {
      Expect.problem(
          server().post("/v1/tokens/renew", Json.of("token", token, "ttl", "PT1H")),
          404,
          "token-not-found");
      assertThat(isLive(token)).isFalse();
    }
  }

  @Test
  default void a_renewed_token_outlives_its_first_lease() {
    String token = token("data", "x", "ttl", "PT2S", "name", fresh("name"));
    Expect.ok(server().post("/v1/tokens/renew", Json.of("token", token, "ttl", "PT1H")), 200);
    String other = token("data", "x", "ttl", "PT2S");
    Expect.eventually(404, () -> detokenize("dev-reader", other));
    assertThat(isLive(token)).isTrue();
  }
}
