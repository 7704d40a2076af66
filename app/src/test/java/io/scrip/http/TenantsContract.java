package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two tenants never see each other. */
interface TenantsContract extends ApiContract {

  @Test
  default void a_foreign_token_is_an_unknown_token_whatever_is_asked() {
    String name = fresh("name");
    String token = makeAs("alpha", "data", "x", "name", name, "ttl", "PT1H").text("token");
    for (String ref : List.of(Json.of("token", token), Json.of("name", name))) {
      for (String call : List.of("/v1/detokenize", "/v1/tokens/lookup", "/v1/tokens/renew")) {
        for (String stranger : List.of("beta", "dev-admin")) {
          Expect.problem(server().post(stranger, call, ref), 404, "token-not-found");
        }
      }
      assertThat(server().post("beta", "/v1/tokens/revoke", ref).body())
          .isEqualTo("{\"revoked\":0}");
    }
    assertThat(detokenize("alpha", token).text("data")).isEqualTo("x");
  }

  @Test
  default void both_may_use_the_same_name() {
    String name = fresh("name");
    makeAs("alpha", "data", "a", "name", name);
    makeAs("beta", "data", "b", "name", name);
    assertThat(server().post("alpha", "/v1/detokenize", Json.of("name", name)).text("data"))
        .isEqualTo("a");
    assertThat(server().post("beta", "/v1/detokenize", Json.of("name", name)).text("data"))
        .isEqualTo("b");
  }

  @Test
  default void neither_finds_the_others_values_and_subjects() {
    String subject = fresh("subject");
    String data = fresh("value");
    String template = templateOfTwo("format", "opaque", "searchable", true);
    makeAs("alpha", "data", data, "subject", subject, "template", template);
    for (String by :
        List.of(Json.of("subject", subject), Json.of("data", data, "template", template))) {
      assertThat(Json.list(server().post("beta", "/v1/tokens/search", by), "tokens")).isEmpty();
      assertThat(Json.list(server().post("alpha", "/v1/tokens/search", by), "tokens")).hasSize(1);
    }
  }

  @Test
  default void neither_pages_into_the_others_with_its_cursor() {
    String subject = fresh("subject");
    for (int i = 0; i < 3; i++) {
      makeAs("alpha", "data", "x", "subject", subject);
    }
    String cursor =
        server()
            .post("alpha", "/v1/tokens/search", Json.of("subject", subject, "limit", 1))
            .text("next");
    var foreign =
        server()
            .post(
                "beta",
                "/v1/tokens/search",
                Json.of("subject", subject, "limit", 1, "cursor", cursor));
    assertThat(Json.list(Expect.ok(foreign, 200), "tokens")).isEmpty();
  }

  @Test
  default void neither_ends_the_others_tokens_by_any_tree() {
    String subject = fresh("subject");
    String template = fresh("t");
    Expect.ok(server().put("alpha", "/v1/templates/" + template, "{\"format\":\"uuid\"}"), 201);
    String token =
        makeAs("alpha", "data", "x", "subject", subject, "template", template).text("token");
    Expect.ok(detokenize("alpha", token), 200);
    for (String tree :
        List.of(
            Json.of("subject", subject),
            Json.of("template", template),
            Json.of("createdBy", "alpha@clients"),
            Json.of("revealedTo", "alpha@clients", "since", "2020-01-01T00:00:00Z"))) {
      assertThat(server().post("beta", "/v1/tokens/revoke", tree).body())
          .isEqualTo("{\"revoked\":0}");
    }
    Expect.ok(detokenize("alpha", token), 200);
  }

  @Test
  default void neither_sees_uses_or_changes_the_others_templates() {
    String template = fresh("t");
    Expect.ok(server().put("alpha", "/v1/templates/" + template, "{\"format\":\"uuid\"}"), 201);
    Expect.problem(server().get("beta", "/v1/templates/" + template), 404, "template-not-found");
    Expect.problem(server().delete("beta", "/v1/templates/" + template), 404, "template-not-found");
    Expect.problem(
        server().post("beta", "/v1/tokenize", Json.of("data", "x", "template", template)),
        400,
        "unknown-template");
    assertThat(Json.texts(server().get("beta", "/v1/templates"), "templates", "name"))
        .doesNotContain(template);
    Expect.ok(server().put("beta", "/v1/templates/" + template, "{\"format\":\"opaque\"}"), 201);
    assertThat(server().get("alpha", "/v1/templates/" + template).text("format")).isEqualTo("uuid");
  }

  @Test
  default void neither_reads_the_others_trail() {
    makeAs("alpha", "data", "x", "subject", fresh("subject"));
    var mine =
        AuditContract.lines(server().get("beta", "/v1/audit/events?actor=alpha@clients"), "event");
    assertThat(mine).isEmpty();
    String whole = server().get("beta", "/v1/audit/events").body();
    assertThat(whole).doesNotContain("alpha@clients", "org_alpha", "dev-admin@clients");
  }

  @Test
  default void a_tenant_from_a_header_or_a_body_counts_nothing() {
    String token = makeAs("alpha", "data", "x").text("token");
    for (String header :
        List.of(
            "X-Tenant",
            "X-Org-Id",
            "org_id",
            "X-Consumer-Custom-Id",
            "X-Credential-Identifier",
            "X_Consumer_Username")) {
      var request =
          server()
              .request("beta", "/v1/detokenize")
              .header(header, "org_alpha")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString(Json.of("token", token)))
              .build();
      Expect.problem(io.scrip.TestServer.send(request), 404, "token-not-found");
    }
    Expect.problem(
        server().post("beta", "/v1/detokenize", Json.of("token", token, "tenant", "org_alpha")),
        400,
        "unknown-field");
  }
}
