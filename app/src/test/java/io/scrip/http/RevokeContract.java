package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of one token, or of a tree of them. */
interface RevokeContract extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                      | invalid-request
          {"token":null}                                          | invalid-request
          {"token":"t","name":"n"}                                | invalid-request
          {"token":"t","subject":"s"}                             | invalid-request
          {"subject":"s","template":"t"}                          | invalid-request
          {"since":"2026-01-01T00:00:00Z"}                        | invalid-request
          {"revealedTo":"a"}                                      | invalid-field
          {"revealedTo":"a","since":"yesterday"}                  | invalid-field
          {"revealedTo":"a","since":0}                            | invalid-field
          {"subject":"s","since":"2026-01-01T00:00:00Z"}          | invalid-field
          {"subject":""}                                          | invalid-field
          {"subject":"*","all":true}                              | unknown-field
          {"createdBy":7}                                         | invalid-field
          {"template":"No Name"}                                  | invalid-field
          """)
  default void what_does_not_name_one_target_is_refused(String body, String problem) {
    Expect.problem(server().post("/v1/tokens/revoke", body), 400, problem);
  }

  @Test
  default void one_token_ends_and_no_other() {
    String one = token("data", "x");
    String other = token("data", "x");
    assertThat(revoke("token", one).body()).isEqualTo("{\"revoked\":1}");
    assertThat(isLive(one)).isFalse();
    assertThat(isLive(other)).isTrue();
  }

  @Test
  default void what_is_unknown_foreign_or_ended_already_counts_nothing() {
    String token = token("data", "x");
    String foreign = makeAs("alpha", "data", "x").text("token");
    revoke("token", token);
    for (String ended : new String[] {token, foreign, "unknown"}) {
      assertThat(revoke("token", ended).text("revoked")).isEqualTo("0");
    }
    Expect.ok(detokenize("alpha", foreign), 200);
    assertThat(revoke("subject", fresh("nobody")).text("revoked")).isEqualTo("0");
  }

  @Test
  default void many_revocations_at_one_moment_end_a_token_once_and_for_all() {
    String token = token("data", "x");
    var counts = Expect.atOnce(16, _ -> revoke("token", token).text("revoked"));
    assertThat(counts).filteredOn("1"::equals).hasSize(1);
    assertThat(counts).filteredOn("0"::equals).hasSize(15);
    assertThat(isLive(token)).isFalse();
    assertThat(revoke("token", token).text("revoked")).isEqualTo("0");
  }

  @Test
  default void all_of_a_subject_end_and_what_is_made_afterwards_lives() {
    String subject = fresh("subject");
    String name = fresh("name");
    String first = token("data", "a", "subject", subject, "name", name);
    String second = token("data", "b", "subject", subject, "template", "uuid");
    String other = token("data", "c", "subject", subject + "x");
    String foreign = makeAs("alpha", "data", "x", "subject", subject).text("token");
    assertThat(revoke("subject", subject).text("revoked")).isEqualTo("2");
    String after = token("data", "d", "subject", subject, "name", name);
    assertThat(isLive(first)).isFalse();
    assertThat(isLive(second)).isFalse();
    assertThat(isLive(other)).isTrue();
    assertThat(isLive(after)).isTrue();
    Expect.ok(detokenize("alpha", foreign), 200);
    assertThat(revoke("subject", subject).text("revoked")).isEqualTo("1");
    assertThat(isLive(after)).isFalse();
    assertThat(revoke("subject", subject).text("revoked")).isEqualTo("0");
  }

  @Test
  default void a_subject_is_no_pattern() {
    String subject = fresh("subject");
    String token = token("data", "x", "subject", subject);
    for (String pattern :
        new String[] {
          "*", "%", "_", subject.substring(0, 8) + "%", ".*", subject + "' or '1'='1"
        }) {
      assertThat(revoke("subject", pattern).text("revoked")).isEqualTo("0");
    }
    assertThat(isLive(token)).isTrue();
  }

  @Test
  default void all_that_one_caller_made_end() {
    String made = makeAs("creator", "data", "x").text("token");
    String other = token("data", "x");
    assertThat(Integer.parseInt(revoke("createdBy", "creator@clients").text("revoked")))
        .isPositive();
    assertThat(isLive(made)).isFalse();
    assertThat(isLive(other)).isTrue();
    assertThat(isLive(makeAs("creator", "data", "y").text("token"))).isTrue();
    assertThat(revoke("createdBy", "creator").text("revoked")).isEqualTo("0");
  }

  @Test
  default void all_of_a_template_end() {
    String template = template("format", "uuid");
    String made = token("data", "x", "template", template);
    String other = token("data", "x", "template", "uuid");
    assertThat(revoke("template", template).text("revoked")).isEqualTo("1");
    assertThat(isLive(made)).isFalse();
    assertThat(isLive(other)).isTrue();
    assertThat(isLive(token("data", "x", "template", template))).isTrue();
  }

  @Test
  default void all_that_a_caller_has_seen_end_and_what_it_has_not_seen_stays() {
    String before = token("data", "before");
    Expect.ok(detokenize("vip", before), 200);
    String since = Instant.now().toString();
    String seen = token("data", "seen");
    String unseen = token("data", "unseen");
    Expect.ok(detokenize("vip", seen), 200);
    Expect.problem(
        server().post("vip", "/v1/tokens/lookup", Json.of("token", unseen)), 403, "access-denied");
    assertThat(revoke("revealedTo", "vip@clients", "since", since).text("revoked")).isEqualTo("1");
    assertThat(isLive(seen)).isFalse();
    assertThat(isLive(unseen)).isTrue();
    assertThat(isLive(before)).isTrue();
  }

  @Test
  default void a_revocation_holds_for_a_batch_and_a_name_too() {
    String name = fresh("name");
    String token = token("data", "x", "name", name);
    revoke("name", name);
    Expect.problem(server().post("/v1/detokenize", Json.of("name", name)), 404, "token-not-found");
    var answer =
        server()
            .post("/v1/detokenize/batch", Json.batch(java.util.List.of(Json.of("token", token))));
    assertThat(Json.texts(answer, "items", "status")).containsExactly("404");
  }
}
