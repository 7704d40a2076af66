package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens look like. */
interface TemplatesContract extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                            | invalid-field
          {"format":7}                                                  | invalid-field
          {"format":"nosuch"}                                           | template-invalid
          {"format":"opaque","name":"x"}                                | unknown-field
          {"format":"opaque","revision":3}                              | unknown-field
          {"format":"opaque","builtIn":true}                            | unknown-field
          {"format":"opaque","mode":"sometimes"}                        | invalid-field
          {"format":"opaque","mode":null,"options":[]}                  | invalid-field
          {"format":"opaque","options":{"nosuch":1}}                    | template-invalid
          {"format":"card","options":{"head":["6"]}}                    | invalid-field
          {"format":"opaque","mask":"everything"}                       | template-invalid
          {"format":"card","mask":"first=8,last=8,symbol=*"}            | template-invalid
          {"format":"opaque","defaultTtl":"PT2H","maxTtl":"PT1H"}       | lease-out-of-bounds
          {"format":"opaque","maxTtl":"PT0S"}                           | lease-out-of-bounds
          {"format":"opaque","maxTtl":3600}                             | invalid-field
          {"format":"opaque","revealPermission":"two words"}            | template-invalid
          {"format":"opaque","revealPermission":"reveal:*"}             | template-invalid
          {"format":"opaque","allowSmallSpace":"yes"}                   | invalid-field
          {"format":"digits"}                                           | template-space-too-small
          {"format":"pattern","options":{"pattern":"random(digits,5)"}} | template-space-too-small
          {"format":"pattern","options":{"pattern":"keep(4)"}}          | template-invalid
          {"format":"pattern","options":{"pattern":"random(digits"}}    | template-invalid
          {"format":"pattern"}                                          | template-invalid
          """)
  default void what_contradicts_itself_is_refused(String body, String problem) {
    Expect.problem(server().put("dev-admin", "/v1/templates/" + fresh("bad"), body), 400, problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upper", "9nine", "a%20b", "-x", "a%2Fb", "%2e%2e", "t4242424242424242"})
  default void a_name_that_is_none_is_refused(String name) {
    var answer = server().put("dev-admin", "/v1/templates/" + name, "{\"format\":\"opaque\"}");
    assertThat(answer.status()).as(answer.body()).isBetween(400, 405);
    Expect.problem(answer);
  }

  @Test
  default void a_description_has_up_to_256_characters() {
    Expect.problem(
        put(fresh("t"), "format", "opaque", "description", "d".repeat(257)),
        400,
        "template-invalid");
    template("format", "opaque", "description", "d".repeat(256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opaque",
        "uuid",
        "card",
        "digits",
        "alphanumeric",
        "email",
        "phone",
        "ssn",
        "iban",
        "date"
      })
  default void a_built_in_template_is_there_and_stays_as_it_is(String name) {
    var got = Expect.ok(server().get("dev-admin", "/v1/templates/" + name), 200);
    assertThat(got.text("builtIn")).isEqualTo("true");
    assertThat(got.text("format")).isEqualTo(name);
    Expect.problem(put(name, "format", "opaque"), 409, "template-built-in");
    Expect.problem(server().delete("dev-admin", "/v1/templates/" + name), 409, "template-built-in");
  }

  @Test
  default void a_template_comes_changes_and_goes_and_its_tokens_stay() {
    String name = fresh("t");
    Expect.problem(server().get("dev-admin", "/v1/templates/" + name), 404, "template-not-found");
    Expect.problem(
        server().delete("dev-admin", "/v1/templates/" + name), 404, "template-not-found");
    var created =
        Expect.ok(
            put(name, "format", "card", "options", Map.of("head", 4), "allowSmallSpace", true),
            201);
    assertThat(created.text("revision")).isEqualTo("1");
    assertThat(server().get("dev-admin", "/v1/templates/" + name).body()).isEqualTo(created.body());
    assertThat(Json.texts(server().get("dev-admin", "/v1/templates"), "templates", "name"))
        .contains("opaque", name);
    String token = token("data", "4242424242424242", "template", name);
    var changed = Expect.ok(put(name, "format", "uuid"), 200);
    assertThat(changed.text("revision")).isEqualTo("2");
    assertThat(token("data", "4242424242424242", "template", name)).hasSize(36);
    var gone = Expect.ok(server().delete("dev-admin", "/v1/templates/" + name), 204);
    assertThat(gone.body()).isEmpty();
    Expect.problem(server().get("dev-admin", "/v1/templates/" + name), 404, "template-not-found");
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "x", "template", name)),
        400,
        "unknown-template");
    assertThat(isLive(token)).isTrue();
    assertThat(Expect.ok(put(name, "format", "opaque"), 201).text("revision")).isEqualTo("3");
  }

  @Test
  default void what_is_shown_of_a_template_can_be_put_again() {
    String name = fresh("t");
    var created =
        put(
            name,
            "format",
            "pattern",
            "options",
            Map.of("pattern", "literal(\"a=b\") random(\"AB\",20) keep(-2)"),
            "mode",
            "convergent",
            "defaultTtl",
            "PT1H",
            "maxTtl",
            "P1D",
            "mask",
            "first=1,last=1,symbol==",
            "revealPermission",
            "reveal:vip");
    Expect.ok(created, 201);
    String again =
        Json.of(
            "format",
            created.text("format"),
            "options",
            new Json.Raw("{\"pattern\":" + options(created) + "}"),
            "mode",
            created.text("mode"),
            "defaultTtl",
            created.text("defaultTtl"),
            "maxTtl",
            created.text("maxTtl"),
            "mask",
            created.text("mask"),
            "revealPermission",
            created.text("revealPermission"));
    var put = Expect.ok(server().put("dev-admin", "/v1/templates/" + name, again), 200);
    assertThat(put.body()).isEqualTo(created.body().replace("\"revision\":1", "\"revision\":2"));
  }

  private static String options(io.scrip.TestServer.Answer template) {
    String pattern = Json.text(Json.find(template.json(), "options").orElseThrow(), "pattern");
    return Json.of("p", pattern).substring(5).replaceFirst("}$", "");
  }

  @Test
  default void of_two_tokens_both_are_given_and_then_the_space_is_exhausted() {
    String template =
        template(
            "format",
            "pattern",
            "options",
            Map.of("pattern", "random(\"AB\",1)"),
            "allowSmallSpace",
            true);
    Set<String> given = new HashSet<>();
    var answer = make("data", "zz", "template", template);
    while (answer.status() == 201) {
      assertThat(given.add(answer.text("token"))).isTrue();
      answer = server().post("/v1/tokenize", Json.of("data", "zz", "template", template));
    }
    Expect.problem(answer, 409, "token-space-exhausted");
    assertThat(given).isSubsetOf("A", "B");
  }
}
