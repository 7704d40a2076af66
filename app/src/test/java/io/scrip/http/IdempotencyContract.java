package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that may be sent again. */
interface IdempotencyContract extends ApiContract {

  default Answer tokenize(String client, String path, String key, String body) {
    return TestServer.send(
        server()
            .request(client, path)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  default Answer tokenize(String key, String body) {
    return tokenize("dev-writer", "/v1/tokenize", key, body);
  }

  @Test
  default void the_same_key_with_another_body_is_refused() {
    String key = fresh("key");
    Expect.ok(tokenize(key, "{\"data\":\"x\"}"), 201);
    Expect.problem(tokenize(key, "{\"data\":\"y\"}"), 422, "idempotency-mismatch");
    Expect.problem(tokenize(key, "{\"data\":\"x\" }"), 422, "idempotency-mismatch");
  }

  @Test
  default void a_key_that_is_none_is_refused() {
    for (String key : List.of("", " ", "two words", "k".repeat(256))) {
      var answer = tokenize(key, "{\"data\":\"x\"}");
      assertThat(answer.status())
          .as("key of %s characters: %s", key.length(), answer.body())
          .isEqualTo(400);
      Expect.problem(answer, 400, "invalid-request");
    }
  }

  @Test
  default void the_same_call_again_gives_the_same_token_made_once() {
    String key = fresh("key");
    String subject = fresh("subject");
    String body = Json.of("data", "x", "subject", subject, "name", fresh("name"), "ttl", "PT1H");
    var first = Expect.ok(tokenize(key, body), 201);
    var again = Expect.ok(tokenize(key, body), 201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(Json.list(server().post("/v1/tokens/search", Json.of("subject", subject)), "tokens"))
        .hasSize(1);
  }

  @Test
  default void the_same_call_from_many_sides_at_one_moment_makes_one_token() {
    String key = fresh("key");
    String subject = fresh("subject");
    String body = Json.of("data", "x", "subject", subject);
    var tokens = Expect.atOnce(16, _ -> Expect.ok(tokenize(key, body), 201).text("token"));
    assertThat(tokens).containsOnly(tokens.getFirst());
    assertThat(Json.list(server().post("/v1/tokens/search", Json.of("subject", subject)), "tokens"))
        .hasSize(1);
  }

  @Test
  default void of_many_bodies_with_one_key_at_one_moment_one_wins() {
    String key = fresh("key");
    var statuses = Expect.atOnce(16, i -> tokenize(key, Json.of("data", "v" + i)).status());
    assertThat(statuses).containsOnly(201, 422).containsOnlyOnce(201);
  }

  @Test
  default void another_caller_may_use_the_same_key() {
    String key = fresh("key");
    String first = tokenize(key, "{\"data\":\"x\"}").text("token");
    String others =
        Expect.ok(tokenize("twin", "/v1/tokenize", key, "{\"data\":\"another body\"}"), 201)
            .text("token");
    String foreign =
        Expect.ok(tokenize("alpha", "/v1/tokenize", key, "{\"data\":\"x\"}"), 201).text("token");
    assertThat(List.of(first, others, foreign)).doesNotHaveDuplicates();
  }

  @Test
  default void a_batch_again_gives_the_same_tokens_and_the_same_failures() {
    String key = fresh("key");
    String subject = fresh("subject");
    String body =
        Json.batch(
            List.of(
                Json.of("data", "a", "subject", subject),
                Json.of("data", ""),
                Json.of("data", "a", "subject", subject),
                Json.of("data", "letters", "template", "digits"),
                Json.of("data", "12345678901234", "template", "digits", "subject", subject)));
    var first = Expect.ok(tokenize("dev-writer", "/v1/tokenize/batch", key, body), 200);
    assertThat(Json.texts(first, "items", "status"))
        .containsExactly("201", "400", "201", "400", "201");
    var again =
        Expect.atOnce(8, _ -> tokenize("dev-writer", "/v1/tokenize/batch", key, body).body());
    assertThat(again).containsOnly(first.body());
    assertThat(Json.list(server().post("/v1/tokens/search", Json.of("subject", subject)), "tokens"))
        .hasSize(3);
    var other = Expect.ok(tokenize("dev-writer", "/v1/tokenize/batch", key, body + " "), 200);
    assertThat(Json.texts(other, "items", "status")).doesNotContain("201").contains("422");
  }

  @Test
  default void a_repeated_call_does_not_bring_a_revoked_token_back() {
    String key = fresh("key");
    String token = tokenize(key, "{\"data\":\"x\"}").text("token");
    revoke("token", token);
    String again = Expect.ok(tokenize(key, "{\"data\":\"x\"}"), 201).text("token");
    assertThat(isLive(token)).isFalse();
    assertThat(again).isNotEqualTo(token);
    assertThat(isLive(again)).isTrue();
  }
}
