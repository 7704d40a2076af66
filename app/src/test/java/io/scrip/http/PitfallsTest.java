package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.identity.StartRefused;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Mistakes that tokenization services have made, tried on this one over HTTP: the attack, and the
 * refusal.
 *
 * <p>Elsewhere: 1, 2, 3, 18 and 19 (nonces, limits, swapped rows, demo keys, callers' keys) in
 * {@code crypto.CryptoPitfallsTest}; 4 (unkeyed hashes) in {@code crypto.DigestsTest}; 6
 * (fragments) here, since nothing is searched by a fragment; 7 and 8 (card shapes, small spaces) in
 * {@code format.FormatPitfallsTest} and {@code store.InsertionContract}; 12 (audit that can be
 * skipped) in {@code audit.AuditChainTest}, {@code store.LedgerContract} and {@code
 * store.GrantsTest}; 13 in {@code audit.AuditEventTest}; 16 (late sweepers) in {@code
 * store.FinderContract} and {@code store.EndingContract}; 22 (stores that are not) in {@code
 * store.StoreGuardTest} and {@code store.H2KillTest}; 26 and 27 are the gateway's and are tested
 * beside it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PitfallsTest implements ApiContract {
  private static final int BUDGET = 5;

  /** A template whose tokens are found by their value. */
  private static final String FINDABLE = "findable";

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @BeforeAll
  void start() {
    Map<String, Object> settings = new HashMap<>(ApiContract.clients());
    settings.put("scrip.limits.searches-per-minute", BUDGET);
    server = TestServer.start(settings);
    Expect.ok(put(FINDABLE, "format", "card", "searchable", true, "allowSmallSpace", true), 201);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  public TestServer server() {
    return server;
  }

  private Answer search(String client, String data) {
    return server.post(client, "/v1/tokens/search", Json.of("data", data, "template", FINDABLE));
  }

  @Test
  void pitfall_04_a_stolen_table_does_not_even_tell_which_values_are_equal() throws SQLException {
    make("data", "4242424242424242", "template", "card");
    make("data", "4242424242424242", "template", "card");
    Set<Object> seen = new HashSet<>();
    try (Connection connection = server.context().getBean(DataSource.class).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select record, token, value_digest, sealed, row_mac, derivation_kept from scrip.tokens"
                    + " where template = 'card' order by created_at desc limit 2")) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          byte[] bytes = rows.getBytes(column);
          if (bytes != null) {
            assertThat(seen.add(ByteBuffer.wrap(bytes))).as("column %d", column).isTrue();
          }
        }
      }
    }
    assertThat(seen).hasSize(8);
  }

  @Test
  void pitfall_05_guessing_values_needs_a_permission_of_its_own_and_is_rationed() {
    Expect.problem(search("dev-writer", "4242424242424242"), 403, "access-denied");
    Expect.problem(search("dev-reader", "4242424242424242"), 403, "access-denied");
    for (int i = 0; i < BUDGET; i++) {
      Expect.ok(search("creator", "424242424242424" + i), 200);
    }
    var refused =
        Expect.problem(search("creator", "4242424242424249"), 429, "search-budget-exhausted");
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 60);
    var events =
        AuditContract.lines(
            server.get("dev-admin", "/v1/audit/events?action=token.search&actor=creator"), "event");
    assertThat(events).anyMatch(event -> Json.text(event, "reason").equals("budget-exhausted"));
  }

  @Test
  void pitfall_06_nothing_is_found_by_a_fragment() {
    make("data", "4242424242424242", "template", FINDABLE, "subject", "jane@example.com");
    for (String fragment : List.of("4242", "424242", "%4242", "4242*")) {
      assertThat(Json.list(search("alpha", fragment), "tokens")).isEmpty();
    }
    Expect.problem(
        server.post("/v1/tokens/search", Json.of("last4", "4242")), 400, "unknown-field");
    Expect.problem(
        server.post("/v1/tokens/search", Json.of("prefix", "4242")), 400, "unknown-field");
  }

  @Test
  void pitfall_07_no_card_shaped_token_is_a_card_or_its_own_input() {
    String card = "4111111111111111";
    var items =
        IntStream.range(0, 300).mapToObj(_ -> Json.of("data", card, "template", "card")).toList();
    var tokens = Json.texts(server.post("/v1/tokenize/batch", Json.batch(items)), "items", "token");
    assertThat(tokens)
        .hasSize(300)
        .doesNotContain(card)
        .allMatch(token -> token.matches("411111\\d{6}1111"))
        .noneMatch(PitfallsTest::passesLuhn);
  }

  /** ISO/IEC 7812-1, annex B. */
  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  @Test
  void pitfall_08_a_small_space_is_refused_unless_it_is_meant_and_then_fails_loudly() {
    Expect.problem(put(fresh("t"), "format", "digits"), 400, "template-space-too-small");
    String pin = template("format", "digits", "allowSmallSpace", true);
    Set<String> given = new HashSet<>();
    Answer answer = make("data", "7", "template", pin);
    while (answer.status() == 201) {
      assertThat(answer.text("token")).matches("\\d").isNotEqualTo("7");
      assertThat(given.add(answer.text("token"))).isTrue();
      answer = server.post("/v1/tokenize", Json.of("data", "7", "template", pin));
    }
    Expect.problem(answer, 409, "token-space-exhausted");
  }

  @Test
  void pitfall_09_the_default_token_has_128_random_bits_and_tells_no_time() {
    var items = IntStream.range(0, 1_000).mapToObj(_ -> Json.of("data", "the same")).toList();
    var tokens = Json.texts(server.post("/v1/tokenize/batch", Json.batch(items)), "items", "token");
    assertThat(tokens)
        .doesNotHaveDuplicates()
        .allMatch(token -> token.matches("tok_[0-9A-Za-z]{28}"));
    // 22 characters of 62 are the fewest that hold 128 bits; the rest checks them.
    assertThat(BigInteger.valueOf(62).pow(22).bitLength()).isGreaterThanOrEqualTo(128);
    for (int place = 4; place < 26; place++) {
      int at = place;
      assertThat(tokens.stream().map(token -> token.charAt(at)).distinct().count())
          .as("place %s", place)
          .isGreaterThan(40);
    }
    assertThat(tokens).isNotEqualTo(tokens.stream().sorted().toList());
  }

  @Test
  void pitfall_10_what_the_gateway_let_through_is_verified_again() {
    Forger forger = new Forger(server);
    for (String token :
        List.of(
            forger.claims(claims -> claims.audience("https://other.example")),
            forger.claims(claims -> claims.expirationTime(null)),
            forger.claims(claims -> claims.claim("token_use", "id")),
            forger.unsigned("none"))) {
      HttpRequest request =
          HttpRequest.newBuilder(server.api("/v1/tokenize"))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + token)
              .header("X-Consumer-Username", "trusted")
              .header("X-Anonymous-Consumer", "false")
              .POST(BodyPublishers.ofString("{\"data\":\"x\"}"))
              .build();
      Expect.problem(TestServer.send(request), 401, "unauthorized");
    }
  }

  @Test
  void pitfall_11_a_noisy_caller_uses_up_its_own_budget_only() {
    for (int i = 0; i <= BUDGET; i++) {
      search("beta", "424242424242424" + i);
    }
    Expect.problem(search("beta", "4242424242424242"), 429, "search-budget-exhausted");
    Expect.ok(search("twin", "4242424242424242"), 200);
  }

  @Test
  void pitfall_13_a_number_is_no_way_into_the_trail() {
    server.post("/v1/tokenize", "{\"data\":4242424242424242}");
    server.post("/v1/tokenize", "{\"data\":\"x\",\"metadata\":{\"card\":4242424242424242}}");
    server.post("/v1/detokenize", "{\"token\":\"t\",\"purpose\":\"p4242424242424242\"}");
    server.post("/v1/detokenize", "{\"token\":\"4242424242424242\"}");
    server.put("dev-admin", "/v1/templates/t4242424242424242", "{\"format\":\"uuid\"}");
    server.get("dev-admin", "/v1/templates/t4242424242424242");
    server.post("/v1/tokens/revoke", "{\"createdBy\":\"4242424242424242\"}");
    server.post("/v1/tokens/revoke", "{\"subject\":\"4242424242424242\"}");
    assertThat(server.get("dev-admin", "/v1/audit/events").body())
        .doesNotContain("4242424242424242");
  }

  @Test
  void pitfall_14_no_answer_confirms_that_a_token_ever_was() {
    String revoked = token("data", "x");
    revoke("token", revoked);
    String foreign = makeAs("alpha", "data", "x").text("token");
    for (String call : List.of("/v1/detokenize", "/v1/tokens/lookup", "/v1/tokens/renew")) {
      String unknown =
          Expect.problem(server.post(call, Json.of("token", "unknown")), 404, "token-not-found")
              .body();
      assertThat(server.post(call, Json.of("token", revoked)).body()).isEqualTo(unknown);
      assertThat(server.post(call, Json.of("token", foreign)).body()).isEqualTo(unknown);
    }
  }

  @Test
  void pitfall_15_no_secret_is_read_from_an_address_and_no_answer_is_kept() {
    String token = token("data", "x");
    for (String path :
        List.of(
            "/v1/tokens/" + token,
            "/v1/detokenize/" + token,
            "/v1/detokenize?token=" + token,
            "/v1/tokens?subject=jane",
            "/v1/tokenize?data=x")) {
      assertThat(server.get("dev-admin", path).status()).as(path).isIn(404, 405);
    }
    Expect.problem(server.post("/v1/detokenize?token=" + token, "{}"), 400, "invalid-field");
    assertThat(detokenize("dev-reader", token).headers().allValues("Cache-Control"))
        .containsExactly("no-store");
  }

  @Test
  void pitfall_16_no_sweeper_is_needed_for_an_end() {
    String token = token("data", "x", "ttl", "PT1S", "subject", "sweepless");
    Expect.eventually(404, () -> detokenize("dev-reader", token));
    Expect.problem(
        server.post("/v1/tokens/lookup", Json.of("token", token)), 404, "token-not-found");
    assertThat(make("data", "x", "ttl", "P36500D").text("expiresAt")).startsWith("21");
  }

  @Test
  void pitfall_18_nothing_made_for_development_runs_in_production() {
    for (String setting : List.of("scrip.issuer.enabled", "scrip.keys.development-folder")) {
      assertThat(rootOf(production(setting))).as(setting).isInstanceOf(StartRefused.class);
    }
  }

  /** What a start in production fails with, everything else being as in development. */
  private Throwable production(String setting) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.port", -1);
    settings.put("datasources.default.url", "jdbc:h2:mem:production");
    settings.put("datasources.default.username", "sa");
    settings.put("scrip.auth.audience", Forger.AUDIENCE);
    settings.put("scrip.auth.issuers.dev.issuer", server.issuer());
    settings.put(setting, setting.endsWith("enabled") ? "true" : server.folder().toString());
    try (var context =
        io.micronaut.context.ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .properties(settings)
            .start()) {
      context.getBean(io.micronaut.runtime.EmbeddedApplication.class).start();
      throw new AssertionError("it started");
    } catch (RuntimeException refused) {
      return refused;
    }
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }

  @Test
  void pitfall_19_a_caller_brings_neither_token_nor_key() {
    for (String field :
        List.of("token", "key", "nonce", "iv", "salt", "tweak", "hmac", "record", "keyVersion")) {
      Expect.problem(
          server.post("/v1/tokenize", Json.of("data", "x", field, "mine")), 400, "unknown-field");
    }
  }

  @Test
  void pitfall_20_a_claim_is_no_pattern_and_no_path() {
    String token = makeAs("alpha", "data", "x").text("token");
    Forger forger = new Forger(server);
    for (String tenant :
        List.of(
            "*",
            "org_*",
            "org_alph_",
            "org_alpha%",
            "../org_alpha",
            "org_alpha/",
            "ORG_ALPHA",
            "org_alpha ",
            "org_alpha' or '1'='1",
            ".*",
            "default/../org_alpha")) {
      HttpRequest request =
          HttpRequest.newBuilder(server.api("/v1/detokenize"))
              .header("Content-Type", "application/json")
              .header(
                  "Authorization",
                  "Bearer " + forger.claims(claims -> claims.claim("org_id", tenant)))
              .POST(BodyPublishers.ofString(Json.of("token", token)))
              .build();
      Expect.problem(TestServer.send(request), 404, "token-not-found");
    }
  }

  @Test
  void pitfall_21_metrics_and_health_are_not_on_the_apis_port_and_name_nobody() {
    makeAs("alpha", "data", "x", "subject", "jane");
    for (String path : List.of("/prometheus", "/metrics", "/health")) {
      Answer answer = TestServer.send(HttpRequest.newBuilder(server.api(path)).build());
      assertThat(answer.status()).as(path).isIn(401, 404);
    }
    String metrics =
        TestServer.send(HttpRequest.newBuilder(server.management("/prometheus")).build()).body();
    assertThat(metrics)
        .contains("scrip_decisions")
        .doesNotContain("org_alpha", "alpha@clients", "jane", "tenant=", "subject=", "client=");
  }

  @Test
  void pitfall_23_the_word_bearer_stands_first_or_not_at_all() {
    String good = new Forger(server).claims(_ -> {});
    for (String header :
        List.of("Basic eDp5, Bearer " + good, "xBearer " + good, "Basic Bearer " + good, good)) {
      HttpRequest request =
          HttpRequest.newBuilder(server.api("/v1/tokenize"))
              .header("Content-Type", "application/json")
              .header("Authorization", header)
              .POST(BodyPublishers.ofString("{\"data\":\"x\"}"))
              .build();
      Expect.problem(TestServer.send(request), 401, "unauthorized");
    }
  }

  @Test
  void pitfall_24_an_underscore_twin_of_a_header_is_worth_nothing() {
    String token = makeAs("alpha", "data", "x").text("token");
    String answer =
        RawHttp.exchange(
            server,
            RawHttp.request(
                "POST /v1/detokenize HTTP/1.1",
                RawHttp.bytes(Json.of("token", token)),
                "Content-Type: application/json",
                "Authorization: Bearer " + server.token("nobody"),
                "X_Consumer_Username: dev-admin",
                "X-Consumer-Username: dev-admin",
                "Org_Id: org_alpha",
                "X_Org_Id: org_alpha"));
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(403);
  }

  @Test
  void pitfall_25_a_limit_holds_when_all_come_at_once() {
    var statuses =
        Expect.atOnce(
            60,
            i -> search(ApiContract.only("search:tokens"), "42424242424242" + (10 + i)).status());
    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(BUDGET);
    assertThat(statuses).containsOnly(200, 429);
  }
}
