package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many values in one call: each for itself. */
interface BatchContract extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                 | invalid-field   | items
          {"items":null}                     | invalid-field   | items
          {"items":[]}                       | invalid-field   | items
          {"items":{}}                       | invalid-field   | items
          {"items":"x"}                      | invalid-field   | items
          {"items":[{"data":"x"}],"data":"y"}| unknown-field   | data
          """)
  default void a_batch_that_is_none_is_refused_whole(String body, String problem, String field) {
    for (String path : List.of("/v1/tokenize/batch", "/v1/detokenize/batch")) {
      assertThat(Expect.problem(server().post(path, body), 400, problem).text("field"))
          .isEqualTo(field);
    }
  }

  @Test
  default void a_batch_has_up_to_1000_items() {
    List<String> items =
        new ArrayList<>(
            IntStream.range(0, 1000)
                .mapToObj(i -> Json.of("data", "v" + i, "ref", "r" + i))
                .toList());
    var made = Expect.ok(server().post("/v1/tokenize/batch", Json.batch(items)), 200);
    assertThat(Json.texts(made, "items", "status")).hasSize(1000).containsOnly("201");
    assertThat(Json.texts(made, "items", "ref"))
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "r" + i).toList());
    var back =
        server()
            .post(
                "/v1/detokenize/batch",
                Json.batch(
                    Json.texts(made, "items", "token").stream()
                        .map(token -> Json.of("token", token))
                        .toList()));
    assertThat(Json.texts(back, "items", "data"))
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "v" + i).toList());
    items.add(Json.of("data", "one more"));
    Expect.problem(server().post("/v1/tokenize/batch", Json.batch(items)), 400, "batch-too-large");
  }

  @Test
  default void each_bad_item_fails_alone_and_says_where() {
    String name = fresh("name");
    var answer =
        Expect.ok(
            server()
                .post(
                    "/v1/tokenize/batch",
                    Json.batch(
                        List.of(
                            Json.of("data", "good", "ref", "a"),
                            Json.of("data", "", "ref", "b"),
                            "7",
                            Json.of("data", "x", "surprise", 1, "ref", "d"),
                            Json.of("data", "x", "template", "nosuch"),
                            Json.of("data", "letters", "template", "digits"),
                            Json.of("data", "x", "ttl", "PT0S"),
                            Json.of("data", "x", "name", name),
                            Json.of("data", "y", "name", name),
                            Json.of("data", "x", "ref", "r".repeat(65)),
                            Json.of("data", "z".repeat(65_537)),
                            Json.of("data", "last", "ref", "l")))),
            200);
    assertThat(Json.texts(answer, "items", "status"))
        .containsExactly(
            "201", "400", "400", "400", "400", "400", "400", "201", "409", "400", "400", "201");
    var items = Json.list(answer, "items");
    assertThat(
            items.stream()
                .map(
                    item ->
                        Json.find(item, "problem")
                            .map(problem -> Json.text(problem, "type").substring(18))
                            .orElse("")))
        .containsExactly(
            "",
            "invalid-field",
            "invalid-field",
            "unknown-field",
            "unknown-template",
            "data-does-not-fit",
            "lease-out-of-bounds",
            "",
            "name-taken",
            "invalid-field",
            "data-too-large",
            "");
    assertThat(Json.text(Json.find(items.get(1), "problem").orElseThrow(), "field"))
        .isEqualTo("items[1].data");
    assertThat(Json.text(items.get(3), "ref")).isEqualTo("d");
    assertThat(Json.text(items.get(11), "ref")).isEqualTo("l");
  }

  @Test
  default void revealing_many_fails_one_by_one() {
    String token = token("data", "good");
    var answer =
        server()
            .post(
                "/v1/detokenize/batch",
                Json.batch(
                    List.of(
                        Json.of("token", "unknown", "ref", "a"),
                        Json.of("token", token, "ref", "b"),
                        Json.of("token", token, "name", "both"),
                        Json.of("token", token, "view", "naked"),
                        Json.of("token", token, "view", "masked"),
                        "{}")));
    assertThat(Json.texts(Expect.ok(answer, 200), "items", "status"))
        .containsExactly("404", "200", "400", "400", "200", "400");
    var items = Json.list(answer, "items");
    assertThat(Json.fields(items.get(1)))
        .containsExactlyInAnyOrder("ref", "status", "data", "view", "template");
    assertThat(Json.text(items.get(4), "view")).isEqualTo("masked");
    assertThat(Json.text(items.get(4), "data")).isEqualTo("********");
  }

  @Test
  default void a_batch_without_the_permission_is_refused_whole() {
    Expect.problem(
        server().post("dev-reader", "/v1/tokenize/batch", "{\"items\":[{\"data\":\"x\"}]}"),
        403,
        "access-denied");
    Expect.problem(
        server().post("dev-writer", "/v1/detokenize/batch", "{\"items\":[{\"token\":\"x\"}]}"),
        403,
        "access-denied");
  }

  @Test
  default void the_masked_view_is_refused_or_given_item_by_item() {
    String token = token("data", "4242424242424242", "template", "card");
    var answer =
        server()
            .post(
                "dev-masked",
                "/v1/detokenize/batch",
                Json.batch(
                    List.of(Json.of("token", token), Json.of("token", token, "view", "plain"))));
    assertThat(Json.texts(Expect.ok(answer, 200), "items", "status")).containsExactly("200", "403");
    assertThat(Json.text(Json.list(answer, "items").getFirst(), "data"))
        .isEqualTo("************4242");
  }
}
