package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The same value, the same token. */
interface ConvergenceContract extends ApiContract {

  private String convergent(Object... more) {
    Object[] fields = new Object[more.length + 4];
    System.arraycopy(new Object[] {"format", "opaque", "mode", "convergent"}, 0, fields, 0, 4);
    System.arraycopy(more, 0, fields, 4, more.length);
    return template(fields);
  }

  @Test
  default void the_same_value_gets_the_same_token_and_another_value_another() {
    String template = convergent();
    String token = token("data", "x", "template", template);
    assertThat(token("data", "x", "template", template)).isEqualTo(token);
    assertThat(token("data", "x ", "template", template)).isNotEqualTo(token);
    assertThat(token("data", "X", "template", template)).isNotEqualTo(token);
    assertThat(token("data", "x", "template", convergent())).isNotEqualTo(token);
  }

  @Test
  default void the_first_use_from_many_sides_at_one_moment_makes_one_token() {
    String template = convergent();
    for (String data : List.of("a", "b", "c")) {
      var tokens = Expect.atOnce(16, _ -> token("data", data, "template", template));
      assertThat(tokens).containsOnly(tokens.getFirst());
    }
    var tokens =
        Json.list(
            server().post("/v1/tokens/search", Json.of("data", "a", "template", template)),
            "tokens");
    assertThat(tokens).hasSize(1);
  }

  @Test
  default void within_a_batch_equal_values_get_one_token() {
    String item = Json.of("data", "x", "template", convergent());
    var answer = server().post("/v1/tokenize/batch", Json.batch(List.of(item, item, item)));
    assertThat(Json.texts(answer, "items", "status")).containsExactly("201", "201", "201");
    assertThat(Json.texts(answer, "items", "token").stream().distinct()).hasSize(1);
  }

  @Test
  default void two_tenants_share_nothing() {
    String name = templateOfTwo("format", "opaque", "mode", "convergent");
    String alpha = makeAs("alpha", "data", "x", "template", name).text("token");
    String beta = makeAs("beta", "data", "x", "template", name).text("token");
    assertThat(alpha).isNotEqualTo(beta);
  }

  @Test
  default void a_template_that_changes_keeps_the_tokens_it_has_given() {
    String template = convergent();
    String old = token("data", "123456789", "template", template);
    Expect.ok(
        put(template, "format", "digits", "mode", "convergent", "allowSmallSpace", true), 200);
    assertThat(token("data", "123456789", "template", template)).isEqualTo(old);
    assertThat(token("data", "987654321", "template", template)).matches("\\d{9}");
    assertThat(detokenize("dev-reader", old).text("data")).isEqualTo("123456789");
  }

  @Test
  default void after_a_revocation_the_value_gets_a_new_token() {
    String template = convergent();
    String first = token("data", "x", "template", template);
    revoke("token", first);
    String second = token("data", "x", "template", template);
    assertThat(second).isNotEqualTo(first);
    assertThat(token("data", "x", "template", template)).isEqualTo(second);
    revoke("template", template);
    String third = token("data", "x", "template", template);
    assertThat(List.of(first, second)).doesNotContain(third);
    assertThat(isLive(third)).isTrue();
    assertThat(isLive(first)).isFalse();
  }

  @Test
  default void another_name_for_the_same_value_is_refused() {
    String template = convergent();
    String name = fresh("name");
    token("data", "x", "template", template, "name", name);
    assertThat(
            server()
                .post("/v1/tokenize", Json.of("data", "x", "template", template, "name", name))
                .status())
        .isEqualTo(201);
    var other =
        server()
            .post("/v1/tokenize", Json.of("data", "x", "template", template, "name", name + "2"));
    Expect.problem(other, 409, "name-taken");
  }

  @Test
  default void a_card_keeps_its_shape() {
    String template = template("format", "card", "mode", "convergent", "allowSmallSpace", true);
    String token = token("data", "4242424242424242", "template", template);
    assertThat(token)
        .matches("424242\\d{6}4242")
        .isEqualTo(token("data", "4242424242424242", "template", template));
  }
}
