package io.scrip.http;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the contracts of the API share: a service that runs, callers, and short ways to ask. */
interface ApiContract {
  String ALL =
      "tokenize detokenize detokenize:masked read:tokens search:tokens renew:tokens revoke:tokens read:templates"
          + " write:templates read:audit encrypt decrypt read:keys rotate:keys erase:subjects";

  /** Every permission there is, each held alone by the client {@code only-} and its words. */
  List<String> PERMISSIONS = List.of(ALL.split(" "));

  TestServer server();

  /**
   * Clients beside the built-in ones: one for each permission, two tenants, some with a task of
   * their own.
   */
  static Map<String, Object> clients() {
    Map<String, Object> settings = new HashMap<>();
    PERMISSIONS.forEach(permission -> client(settings, only(permission), permission));
    client(settings, "nobody", "");
    client(settings, "creator", ALL);
    client(settings, "viewer", "detokenize");
    client(settings, "vip", "detokenize reveal:vip");
    client(settings, "twin", ALL);
    tenant(settings, "alpha");
    tenant(settings, "beta");
    return settings;
  }

  static String only(String permission) {
    return "only-" + permission.replace(':', '-');
  }

  private static void client(Map<String, Object> settings, String id, String scope) {
    settings.put("scrip.issuer.clients." + id + ".scope", scope);
  }

  private static void tenant(Map<String, Object> settings, String id) {
    client(settings, id, ALL);
    settings.put("scrip.issuer.clients." + id + ".org-id", "org_" + id);
  }

  /** A word that no other test uses. */
  default String fresh(String word) {
    return word + "-" + UUID.randomUUID().toString().replaceAll("[0-9-]", "");
  }

  /** Makes a token as {@code dev-admin}. */
  default Answer make(Object... fields) {
    return makeAs("dev-admin", fields);
  }

  default Answer makeAs(String client, Object... fields) {
    return Expect.ok(server().post(client, "/v1/tokenize", Json.of(fields)), 201);
  }

  default String token(Object... fields) {
    return make(fields).text("token");
  }

  default Answer detokenize(String client, String token) {
    return server().post(client, "/v1/detokenize", Json.of("token", token));
  }

  default boolean isLive(String token) {
    return detokenize("dev-admin", token).status() == 200;
  }

  default Answer revoke(Object... fields) {
    return Expect.ok(server().post("/v1/tokens/revoke", Json.of(fields)), 200);
  }

  default Answer put(String template, Object... fields) {
    return server().put("dev-admin", "/v1/templates/" + template, Json.of(fields));
  }

  /** Makes a template of a name that no other test uses. */
  default String template(Object... fields) {
    String name = fresh("t");
    Expect.ok(put(name, fields), 201);
    return name;
  }

  /** The same for two tenants, {@code alpha} and {@code beta}. */
  default String templateOfTwo(Object... fields) {
    String name = fresh("t");
    for (String client : List.of("alpha", "beta")) {
      Expect.ok(server().put(client, "/v1/templates/" + name, Json.of(fields)), 201);
    }
    return name;
  }
}
