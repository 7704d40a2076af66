package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys change, and nobody who holds a token notices. Each test has a vault of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RotationContract implements ApiContract {
  private static final int CALLERS = 8;
  private static final int CALLS_AFTERWARDS = 3;
  private static final int ROUNDS = 15;

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  /** Where the database is. */
  abstract Map<String, Object> database();

  @BeforeAll
  void start() {
    Map<String, Object> settings = new HashMap<>(database());
    settings.putAll(ApiContract.clients());
    settings.put("scrip.rekey.interval", "PT0.01S");
    settings.put("scrip.rotation.learn", "PT0.1S");
    settings.put("scrip.rekey.batch", 7); // many batches, also of a few rows
    settings.put("scrip.rekey.max-rows-per-second", 0);
    server = TestServer.start(settings);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  public TestServer server() {
    return server;
  }

  private long rotate(String key) {
    Answer answer = Expect.ok(server().post("/v1/keys/rotate", Json.of("key", key)), 200);
    return Long.parseLong(answer.text("version"));
  }

  private void rekey(String what) {
    Answer job = Expect.ok(server().post("/v1/keys/rekey", Json.of("what", what)), 202);
    Answer ended = ended(job.text("id"));
    assertThat(ended.text("state")).as(ended.body()).isEqualTo("done");
    assertThat(ended.text("failed")).isEqualTo("0");
    assertThat(ended.text("done")).isEqualTo(ended.text("total"));
  }

  private Answer ended(String job) {
    while (true) {
      Answer answer = Expect.ok(server().get("dev-admin", "/v1/keys/jobs/" + job), 200);
      if (!answer.text("state").equals("running")) {
        return answer;
      }
    }
  }

  Answer destroy(String key, long version) {
    return server().post("/v1/keys/destroy", Json.of("key", key, "version", version));
  }

  long active(String kind) {
    Answer keys = Expect.ok(server().get("dev-admin", "/v1/keys"), 200);
    return Long.parseLong(Json.texts(keys, kind, "version").getLast());
  }

  private List<String> some(String word, int count) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(token("data", word + " " + i, "subject", word));
    }
    return tokens;
  }

  private void assertOpen(List<String> tokens, String word) {
    for (int i = 0; i < tokens.size(); i++) {
      Answer answer = detokenize("dev-admin", tokens.get(i));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.text("data")).isEqualTo(word + " " + i);
    }
  }

  @Test
  void a_key_that_is_in_force_is_not_destroyed() {
    for (String kind : List.of("keks", "digests")) {
      String key = kind.substring(0, kind.length() - 1);
      Answer refused = Expect.problem(destroy(key, active(kind)), 409, "key-needed");
      assertThat(refused.text("detail")).contains("in force");
    }
    Expect.problem(destroy("data", 999_999_999), 409, "key-needed");
  }

  @Test
  void a_version_that_is_not_there_is_not_destroyed() {
    Expect.problem(destroy("kek", 900), 404, "key-not-found");
    Expect.problem(destroy("digest", 900), 404, "key-not-found");
    Expect.problem(destroy("root", 1), 404, "key-not-found");
    Expect.problem(server().get("dev-admin", "/v1/keys/jobs/900000"), 404, "job-not-found");
  }

  @Test
  void what_is_no_key_is_refused_by_name() {
    for (String path : List.of("rotate", "destroy")) {
      Answer answer = server().post("/v1/keys/" + path, Json.of("key", "pepper", "version", 1));
      Expect.problem(answer, 400, path.equals("rotate") ? "unknown-field" : "invalid-field");
    }
    Expect.problem(server().post("/v1/keys/rotate", Json.of("key", "KEK")), 400, "invalid-field");
    Expect.problem(
        server().post("/v1/keys/rekey", Json.of("what", "everything")), 400, "invalid-field");
    for (Object version : new Object[] {0, -1, "1", 1.5}) {
      Expect.problem(
          server().post("/v1/keys/destroy", Json.of("key", "kek", "version", version)),
          400,
          "invalid-field");
    }
  }

  @Test
  void nobody_rotates_or_reads_keys_without_the_permission() {
    Expect.problem(server().get("viewer", "/v1/keys"), 403, "access-denied");
    Expect.problem(server().get("viewer", "/v1/keys/jobs"), 403, "access-denied");
    for (String path : List.of("rotate", "rekey", "destroy")) {
      String body =
          switch (path) {
            case "rekey" -> Json.of("what", "all");
            case "rotate" -> Json.of("key", "data");
            default -> Json.of("key", "kek", "version", 1);
          };
      Expect.problem(server().post("viewer", "/v1/keys/" + path, body), 403, "access-denied");
    }
  }

  @Test
  void an_old_data_key_is_kept_while_a_record_needs_it() {
    List<String> tokens = some(fresh("needed"), 3);
    long floor = rotate("data");
    Answer refused = Expect.problem(destroy("data", floor), 409, "key-needed");
    assertThat(refused.text("detail")).contains("needed by");
    assertThat(isLive(tokens.getFirst())).isTrue();
  }

  @Test
  void data_keys_rotate_and_the_old_ones_go() {
    String word = fresh("data");
    List<String> tokens = some(word, 40);
    long floor = rotate("data");
    assertOpen(tokens, word);
    rekey("reseal");
    assertThat(Long.parseLong(Expect.ok(destroy("data", floor), 200).text("destroyed")))
        .isPositive();
    assertOpen(tokens, word);
    assertOpen(some(word, 3), word);
  }

  @Test
  void key_encryption_keys_rotate_and_the_old_ones_go() {
    String word = fresh("kek");
    List<String> tokens = some(word, 10);
    long before = active("keks");
    assertThat(rotate("kek")).isEqualTo(before + 1);
    Expect.problem(destroy("kek", before), 409, "key-needed");
    rekey("rewrap");
    Expect.ok(destroy("kek", before), 200);
    Expect.problem(destroy("kek", before), 404, "key-not-found");
    assertOpen(tokens, word);
    assertOpen(some(word, 3), word);
  }

  @Test
  void digest_keys_rotate_twice_and_everything_is_found_all_the_time() {
    String word = fresh("digest");
    String same = template("format", "digits", "mode", "convergent", "allowSmallSpace", true);
    List<String> tokens = some(word, 20);
    String named = token("data", "named", "name", word);
    String convergent = token("data", "123456789", "template", same, "subject", word);
    for (int round = 0; round < 2; round++) {
      long before = active("digests");
      rotate("digest");
      assertFound(word, tokens, named, convergent, same);
      rekey("redigest");
      assertFound(word, tokens, named, convergent, same);
      Expect.eventually(200, () -> destroy("digest", before));
      assertFound(word, tokens, named, convergent, same);
    }
  }

  @Test
  void nobody_notices_how_digest_keys_come_and_go() {
    for (int round = 0; round < ROUNDS; round++) {
      long before = active("digests");
      whileCallersGoOn(() -> rotate("digest"));
      rekey("redigest");
      whileCallersGoOn(() -> Expect.eventually(200, () -> destroy("digest", before)));
    }
  }

  private void whileCallersGoOn(Runnable change) {
    AtomicBoolean done = new AtomicBoolean();
    List<Integer> statuses =
        Expect.atOnce(
            CALLERS + 1,
            caller -> {
              if (caller < CALLERS) {
                return makeAndOpenUntil(done);
              }
              try {
                change.run();
              } finally {
                done.set(true);
              }
              return 200;
            });
    assertThat(statuses).containsOnly(200);
  }

  /**
   * @return the first answer that is no success, if there is one
   */
  private int makeAndOpenUntil(AtomicBoolean done) {
    int status = 200;
    int left = CALLS_AFTERWARDS;
    while (left > 0 && status == 200) {
      left -= done.get() ? 1 : 0;
      Answer made = server().post("/v1/tokenize", Json.of("data", "meanwhile"));
      status =
          made.status() == 201
              ? detokenize("dev-admin", made.text("token")).status()
              : made.status();
    }
    return status;
  }

  private void assertFound(
      String word, List<String> tokens, String named, String convergent, String template) {
    assertOpen(tokens, word);
    assertThat(token("data", "123456789", "template", template)).isEqualTo(convergent);
    assertThat(server().post("/v1/detokenize", Json.of("name", word)).text("data"))
        .isEqualTo("named");
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "other", "name", word)), 409, "name-taken");
    assertThat(search("data", "123456789", "template", template)).containsExactly(convergent);
    assertThat(search("subject", word)).hasSize(tokens.size() + 1).contains(convergent);
    assertThat(isLive(named)).isTrue();
  }

  private List<String> search(Object... by) {
    return Json.texts(
        Expect.ok(server().post("/v1/tokens/search", Json.of(by)), 200), "tokens", "token");
  }

  @Test
  void a_token_of_a_small_space_is_not_given_twice_across_a_rotation() {
    String template = template("format", "digits", "allowSmallSpace", true);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 4; i++) { // each draw of one digit meets those that are taken
      tokens.add(token("data", "7", "template", template));
    }
    rotate("digest");
    while (true) {
      Answer answer = server().post("/v1/tokenize", Json.of("data", "7", "template", template));
      if (answer.status() == 409) {
        break;
      }
      tokens.add(Expect.ok(answer, 201).text("token"));
    }
    assertThat(tokens).doesNotHaveDuplicates();
  }

  @Test
  void a_repeated_call_gets_the_same_tokens_across_a_rotation() {
    String key = fresh("key");
    String body = Json.of("data", "repeat me");
    String first = repeatable(key, body).text("token");
    long before = active("digests");
    rotate("digest");
    assertThat(repeatable(key, body).text("token")).isEqualTo(first);
    rekey("redigest");
    assertThat(repeatable(key, body).text("token")).isEqualTo(first);
    Expect.problem(repeatable(key, Json.of("data", "another")), 422, "idempotency-mismatch");
    Expect.problem(destroy("digest", before), 409, "key-needed"); // until the call has expired
  }

  private Answer repeatable(String key, String body) {
    return TestServer.send(
        server()
            .request("dev-admin", "/v1/tokenize")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void a_tree_is_ended_whatever_keys_its_tokens_were_made_with() {
    String word = fresh("tree");
    List<String> tokens = new ArrayList<>(some(word, 5));
    rotate("digest");
    tokens.addAll(some(word, 5));
    assertThat(revoke("subject", word).text("revoked")).isEqualTo("10");
    assertThat(tokens).noneMatch(this::isLive);
    rekey("redigest"); // the mark names digests of before: what it has ended stays ended
    assertThat(tokens).noneMatch(this::isLive);
    String after = token("data", "afterwards", "subject", word);
    assertThat(isLive(after)).isTrue();
  }

  @Test
  void what_was_shown_before_a_rotation_can_be_ended_after_it() {
    String word = fresh("shown");
    String token = token("data", word);
    Expect.ok(detokenize("vip", token), 200);
    rotate("digest");
    rekey("redigest");
    revoke("revealedTo", clientSubject("vip"), "since", "2020-01-01T00:00:00Z");
    assertThat(isLive(token)).isFalse();
  }

  private static String clientSubject(String client) {
    return client + "@clients";
  }

  @Test
  void there_is_one_job_at_a_time() {
    some(fresh("busy"), 30);
    rotate("data");
    var answers =
        Expect.atOnce(8, _ -> server().post("/v1/keys/rekey", Json.of("what", "reseal")).status());
    assertThat(answers).contains(202).allMatch(status -> status == 202 || status == 409);
    String last = Json.texts(server().get("dev-admin", "/v1/keys/jobs"), "jobs", "id").getFirst();
    ended(last);
  }

  @Test
  void the_metrics_tell_the_age_of_keys_and_how_far_a_job_has_come() {
    some(fresh("metrics"), 5);
    rotate("data");
    rekey("reseal");
    String page = metrics();
    while (!page.contains("scrip_rekey_running 0.0") || page.contains("scrip_rekey_done 0.0")) {
      page = metrics();
    }
    assertThat(page)
        .containsPattern("scrip_key_age_seconds\\{key=\"kek\"} [0-9.]+\n")
        .containsPattern("scrip_key_age_seconds\\{key=\"digest\"} [0-9.]+\n")
        .contains("scrip_rekey_failed 0.0");
  }

  private String metrics() {
    return TestServer.send(
            java.net.http.HttpRequest.newBuilder(server().management("/prometheus")).build())
        .body();
  }

  @Test
  void what_changes_keys_is_in_the_trail() {
    rotate("kek");
    rekey("rewrap");
    String trail = server().get("dev-admin", "/v1/audit/events?action=key.rotate").body();
    assertThat(trail).contains("\"reason\":\"kek-");
    assertThat(server().get("dev-admin", "/v1/audit/events?action=key.rekey").body())
        .contains("\"reason\":\"rewrap\"");
  }
}
