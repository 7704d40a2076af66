package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer.Answer;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Who may call what: every call, with every permission by itself. */
interface PermissionsContract extends ApiContract {

  /** A call, and the permissions that each let it through. */
  record Probe(
      String what, Set<String> permissions, BiFunction<PermissionsContract, String, Answer> ask) {
    static Probe post(String path, String body, String... permissions) {
      return new Probe(
          "POST " + path,
          Set.of(permissions),
          (api, client) -> api.server().post(client, path, body));
    }

    static Probe get(String path, String permission) {
      return new Probe(
          "GET " + path, Set.of(permission), (api, client) -> api.server().get(client, path));
    }
  }

  Probe[] PROBES = {
    Probe.post("/v1/tokenize", "{\"data\":\"x\"}", "tokenize"),
    Probe.post("/v1/tokenize/batch", "{\"items\":[{\"data\":\"x\"}]}", "tokenize"),
    Probe.post("/v1/detokenize", "{\"token\":\"unknown\"}", "detokenize", "detokenize:masked"),
    Probe.post(
        "/v1/detokenize/batch",
        "{\"items\":[{\"token\":\"unknown\"}]}",
        "detokenize",
        "detokenize:masked"),
    Probe.post("/v1/encrypt", "{\"data\":\"x\"}", "encrypt"),
    Probe.post("/v1/encrypt/batch", "{\"items\":[{\"data\":\"x\"}]}", "encrypt"),
    Probe.post("/v1/decrypt", "{\"ciphertext\":\"none\"}", "decrypt"),
    Probe.post("/v1/decrypt/batch", "{\"items\":[{\"ciphertext\":\"none\"}]}", "decrypt"),
    Probe.post("/v1/rewrap", "{\"ciphertext\":\"none\"}", "encrypt"),
    Probe.post("/v1/rewrap/batch", "{\"items\":[{\"ciphertext\":\"none\"}]}", "encrypt"),
    Probe.post("/v1/tokens/lookup", "{\"token\":\"unknown\"}", "read:tokens"),
    Probe.post("/v1/tokens/search", "{\"subject\":\"s\"}", "search:tokens"),
    Probe.post("/v1/tokens/search", "{\"data\":\"s\",\"template\":\"opaque\"}", "search:tokens"),
    Probe.post("/v1/tokens/renew", "{\"token\":\"unknown\"}", "renew:tokens"),
    Probe.post("/v1/tokens/revoke", "{\"token\":\"unknown\"}", "revoke:tokens"),
    Probe.post("/v1/tokens/revoke", "{\"subject\":\"of nobody\"}", "revoke:tokens"),
    Probe.post("/v1/tokens/revoke", "{\"createdBy\":\"nobody\"}", "revoke:tokens"),
    Probe.post("/v1/tokens/revoke", "{\"template\":\"of-nobody\"}", "revoke:tokens"),
    Probe.post(
        "/v1/tokens/revoke",
        "{\"revealedTo\":\"nobody\",\"since\":\"2026-01-01T00:00:00Z\"}",
        "revoke:tokens"),
    Probe.get("/v1/templates", "read:templates"),
    Probe.get("/v1/templates/card", "read:templates"),
    Probe.get("/v1/templates/nosuch", "read:templates"),
    new Probe(
        "PUT /v1/templates/{name}",
        Set.of("write:templates"),
        (api, client) -> api.server().put(client, "/v1/templates/matrix", "{\"format\":\"uuid\"}")),
    new Probe(
        "PUT a built-in",
        Set.of("write:templates"),
        (api, client) -> api.server().put(client, "/v1/templates/card", "{\"format\":\"uuid\"}")),
    new Probe(
        "DELETE /v1/templates/{name}",
        Set.of("write:templates"),
        (api, client) -> api.server().delete(client, "/v1/templates/nosuch")),
    Probe.get("/v1/audit/events?to=2020-01-01T00:00:00Z", "read:audit"),
    Probe.post("/v1/audit/events", "{\"subject\":\"s\"}", "read:audit"),
    Probe.get("/v1/audit/checkpoints", "read:audit"),
    Probe.post("/v1/subjects/erase", "{\"subject\":\"of nobody\"}", "erase:subjects"),
    Probe.get("/v1/keys", "read:keys"),
    Probe.get("/v1/keys/jobs", "read:keys"),
    Probe.get("/v1/keys/jobs/1000000", "read:keys"),
    Probe.post("/v1/keys/rotate", "{\"key\":\"data\"}", "rotate:keys"),
    Probe.post("/v1/keys/rekey", "{\"what\":\"rewrap\"}", "rotate:keys"),
    Probe.post("/v1/keys/destroy", "{\"key\":\"kek\",\"version\":1000}", "rotate:keys"),
  };

  @Test
  default void each_permission_opens_its_calls_and_no_other() {
    for (String permission : PERMISSIONS) {
      for (Probe probe : PROBES) {
        Answer answer = probe.ask.apply(this, ApiContract.only(permission));
        if (probe.permissions.contains(permission)) {
          assertThat(answer.status())
              .as("%s with %s: %s", probe.what, permission, answer.body())
              .isNotIn(401, 403, 500);
        } else {
          denied(answer, probe, permission);
        }
      }
    }
  }

  @Test
  default void the_built_in_clients_may_what_they_are_for_and_nothing_else() {
    Map<String, Set<String>> clients =
        Map.of(
            "dev-writer", Set.of("tokenize", "encrypt", "read:tokens"),
            "dev-reader", Set.of("detokenize", "decrypt"),
            "dev-masked", Set.of("detokenize:masked"),
            "nobody", Set.of());
    clients.forEach(
        (client, held) -> {
          for (Probe probe : PROBES) {
            Answer answer = probe.ask.apply(this, client);
            if (probe.permissions.stream().anyMatch(held::contains)) {
              assertThat(answer.status()).as("%s as %s", probe.what, client).isNotIn(401, 403, 500);
            } else {
              denied(answer, probe, client);
            }
          }
        });
  }

  private static void denied(Answer answer, Probe probe, String who) {
    assertThat(answer.status()).as("%s with %s: %s", probe.what, who, answer.body()).isEqualTo(403);
    Expect.problem(answer, 403, "access-denied");
  }

  @Test
  default void who_may_not_learns_nothing_of_whether_there_is_anything() {
    String token = token("data", "x");
    var there = server().post("dev-writer", "/v1/detokenize", Json.of("token", token));
    var not = server().post("dev-writer", "/v1/detokenize", Json.of("token", "unknown"));
    assertThat(there.body()).isEqualTo(not.body());
    var template = server().get("nobody", "/v1/templates/card");
    assertThat(server().get("nobody", "/v1/templates/nosuch").body()).isEqualTo(template.body());
  }

  @Test
  default void a_denied_call_changes_nothing() {
    String token = token("data", "x", "ttl", "PT1H", "name", fresh("name"));
    String before = server().post("/v1/tokens/lookup", Json.of("token", token)).body();
    server().post("dev-reader", "/v1/tokens/revoke", Json.of("token", token));
    server().post("dev-reader", "/v1/tokens/renew", Json.of("token", token, "ttl", "PT9H"));
    assertThat(server().post("/v1/tokens/lookup", Json.of("token", token)).body())
        .isEqualTo(before);
    String name = fresh("t");
    server().put("dev-writer", "/v1/templates/" + name, "{\"format\":\"uuid\"}");
    Expect.problem(server().get("dev-admin", "/v1/templates/" + name), 404, "template-not-found");
  }

  @Test
  default void a_denial_is_in_the_trail() {
    java.time.Instant start = java.time.Instant.now();
    server().post("nobody", "/v1/tokenize", "{\"data\":\"x\"}");
    var denials =
        AuditContract.lines(
            server()
                .get(
                    "dev-admin",
                    "/v1/audit/events?actor=nobody&action=token.tokenize&from=" + start),
            "event");
    assertThat(denials)
        .isNotEmpty()
        .allMatch(event -> Json.text(event, "reason").equals("permission-missing"));
  }
}
