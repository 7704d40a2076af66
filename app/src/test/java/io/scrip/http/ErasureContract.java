package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import io.scrip.audit.TrailKey;
import io.scrip.audit.TrailVerifier;
import io.scrip.audit.Verdict;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.crypto.KeyTable;
import io.scrip.crypto.KeyTable.StoredDataKey;
import io.scrip.crypto.KeyTable.Subject;
import io.scrip.identity.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a subject. Each test class has a vault of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ErasureContract implements ApiContract {
  static final String ERASE = "/v1/subjects/erase";
  private static final String ERASABLE = "goes";

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  /** Where the database is. */
  abstract Map<String, Object> database();

  Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(database());
    settings.putAll(ApiContract.clients());
    settings.put("scrip.rekey.interval", "PT0.01S");
    settings.put("scrip.rekey.batch", 7); // many batches, also of a few rows
    settings.put("scrip.rekey.max-rows-per-second", 0);
    settings.put("scrip.limits.searches-per-minute", 100_000);
    return settings;
  }

  @BeforeAll
  void start() {
    server = TestServer.start(settings());
    for (String client : List.of("dev-admin", "alpha")) {
      Expect.ok(
          server.put(
              client, "/v1/templates/" + ERASABLE, Json.of("format", "opaque", "erasable", true)),
          201);
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  public TestServer server() {
    return server;
  }

  String erasable(String subject, String data) {
    return token("data", data, "subject", subject, "template", ERASABLE);
  }

  Answer erase(String subject) {
    return Expect.ok(server.post(ERASE, Json.of("subject", subject)), 200);
  }

  private static void assertCounts(Answer record, int keys, int tokens, int shredded) {
    assertThat(
            List.of(record.text("keys"), record.text("tokens"), record.text("shredded")).stream()
                .map(Integer::valueOf))
        .as("keys, tokens, shredded of %s", record.body())
        .containsExactly(keys, tokens, shredded);
  }

  private long number(String sql) {
    DataSource pool = server.context().getBean(DataSource.class);
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var results = statement.executeQuery(sql)) {
      results.next();
      return results.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private long subjectKeys() {
    return number("select count(*) from scrip_keys.data_keys where purpose = 'subject'");
  }

  private void rekey(String what) {
    Answer job = Expect.ok(server.post("/v1/keys/rekey", Json.of("what", what)), 202);
    String path = "/v1/keys/jobs/" + job.text("id");
    Answer ended;
    do {
      ended = Expect.ok(server.get("dev-admin", path), 200);
    } while (ended.text("state").equals("running"));
    assertThat(ended.text("state")).as(ended.body()).isEqualTo("done");
    assertThat(ended.text("done")).isEqualTo(ended.text("total"));
  }

  private int rotate(String key) {
    return Integer.parseInt(
        Expect.ok(server.post("/v1/keys/rotate", Json.of("key", key)), 200).text("version"));
  }

  private Answer destroy(String key, int version) {
    return server.post("/v1/keys/destroy", Json.of("key", key, "version", version));
  }

  // What is refused.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                              | invalid-field
          {"subject":""}                  | invalid-field
          {"subject":null}                | invalid-field
          {"subject":7}                   | invalid-field
          {"subject":["a","b"]}           | invalid-field
          {"subject":"s","token":"t"}     | unknown-field
          {"subjects":["a"]}              | unknown-field
          {"subject":"s","subject":"t"}   | duplicate-field
          []                              | malformed-json
          """)
  void what_does_not_name_one_subject_is_refused(String body, String problem) {
    Expect.problem(server.post(ERASE, body), 400, problem);
  }

  @Test
  void a_subject_longer_than_any_can_be_is_refused() {
    Expect.problem(server.post(ERASE, Json.of("subject", "s".repeat(257))), 400, "label-too-long");
  }

  @Test
  void nobody_erases_without_the_permission_and_nothing_has_happened_then() {
    String subject = fresh("kept");
    String token = erasable(subject, "kept");
    long keys = subjectKeys();
    for (String client : List.of("nobody", "viewer", "only-revoke-tokens", "only-rotate-keys")) {
      Expect.problem(server.post(client, ERASE, Json.of("subject", subject)), 403, "access-denied");
    }
    assertThat(isLive(token)).isTrue();
    assertThat(subjectKeys()).isEqualTo(keys);
  }

  @Test
  void a_value_of_an_erasable_template_without_a_subject_is_refused() {
    String plain = Json.of("data", "of nobody", "template", ERASABLE);
    Expect.problem(server.post("/v1/tokenize", plain), 400, "subject-missing");
    String whose = Json.of("data", "x", "template", ERASABLE, "subject", fresh("one"));
    Answer batch = server.post("/v1/tokenize/batch", Json.batch(List.of(plain, whose)));
    assertThat(Json.texts(Expect.ok(batch, 200), "items", "status")).containsExactly("400", "201");
  }

  @Test
  void a_template_is_not_both_erasable_and_convergent() {
    Answer refused =
        Expect.problem(
            put(fresh("t"), "format", "digits", "mode", "convergent", "erasable", true),
            400,
            "template-invalid");
    assertThat(refused.text("detail")).contains("convergent").contains("share one token");
    Expect.problem(put(fresh("t"), "format", "digits", "erasable", "yes"), 400, "invalid-field");
  }

  @Test
  void built_in_templates_are_not_erasable_and_a_template_says_whether_it_is() {
    Expect.problem(put("card", "format", "uuid", "erasable", true), 409, "template-built-in");
    assertThat(server.get("dev-admin", "/v1/templates/card").text("erasable")).isEqualTo("false");
    assertThat(server.get("dev-admin", "/v1/templates/" + ERASABLE).text("erasable"))
        .isEqualTo("true");
    String other = template("format", "uuid");
    assertThat(server.get("dev-admin", "/v1/templates/" + other).text("erasable"))
        .isEqualTo("false");
  }

  @Test
  void a_subject_is_no_pattern_and_none_of_another_tenant() {
    String subject = fresh("subject");
    String token = erasable(subject, "x");
    Answer foreign = makeAs("alpha", "data", "x", "subject", subject, "template", ERASABLE);
    for (String other :
        List.of("*", "%", subject.substring(0, 8) + "%", subject + " ", subject + "' or '1'='1")) {
      assertCounts(erase(other), 0, 0, 0);
    }
    assertThat(isLive(token)).isTrue();
    assertCounts(erase(subject), 1, 1, 1);
    Expect.ok(detokenize("alpha", foreign.text("token")), 200);
  }

  // What is done.

  @Test
  void all_of_the_subject_ends_whatever_the_template_and_nothing_of_another() {
    String subject = fresh("gone");
    String other = fresh("stays");
    String name = fresh("name");
    List<String> gone =
        List.of(
            erasable(subject, "a"),
            erasable(subject, "b"),
            token("data", "c", "subject", subject, "name", name),
            token("data", "d", "subject", subject, "template", "uuid"));
    List<String> stay = List.of(erasable(other, "a"), token("data", "b", "subject", other));
    assertThat(gone).allMatch(this::isLive);
    assertCounts(erase(subject), 1, 4, 2);
    assertThat(gone).noneMatch(this::isLive);
    assertThat(stay).allMatch(this::isLive);
    for (String token : gone) {
      Expect.problem(
          server.post("/v1/tokens/lookup", Json.of("token", token)), 404, "token-not-found");
      Expect.problem(
          server.post("/v1/tokens/renew", Json.of("token", token, "ttl", "PT1H")),
          404,
          "token-not-found");
    }
    Answer found = server.post("/v1/tokens/search", Json.of("subject", subject));
    assertThat(Json.list(Expect.ok(found, 200), "tokens")).isEmpty();
    token("data", "free again", "name", name);
  }

  @Test
  void the_keys_are_gone_from_the_table_and_those_of_others_are_not() {
    String subject = fresh("gone");
    erasable(fresh("stays"), "x");
    long before = subjectKeys();
    erasable(subject, "x");
    erasable(subject, "y");
    assertThat(subjectKeys()).isEqualTo(before + 1);
    erase(subject);
    assertThat(subjectKeys()).isEqualTo(before);
  }

  @Test
  void erasing_again_does_nothing_and_says_so_in_a_record_of_its_own() {
    String subject = fresh("twice");
    erasable(subject, "x");
    Answer first = erase(subject);
    Answer second = erase(subject);
    assertCounts(first, 1, 1, 1);
    assertCounts(second, 0, 0, 0);
    assertThat(second.text("subjectDigest")).isEqualTo(first.text("subjectDigest"));
    assertThat(second.text("requestId")).isNotEqualTo(first.text("requestId"));
    assertThat(second.text("signature")).isNotEqualTo(first.text("signature"));
    assertCounts(erase(fresh("unknown")), 0, 0, 0);
  }

  @Test
  void the_subject_may_come_again_with_new_keys() {
    String subject = fresh("again");
    String before = erasable(subject, "before");
    erase(subject);
    String after = erasable(subject, "after");
    assertThat(detokenize("dev-admin", after).text("data")).isEqualTo("after");
    assertThat(isLive(before)).isFalse();
    assertCounts(erase(subject), 1, 1, 1);
    assertThat(isLive(after)).isFalse();
  }

  @Test
  void a_call_that_is_repeated_after_the_erasure_makes_a_new_token() {
    String subject = fresh("repeat");
    String body = Json.of("data", "x", "subject", subject, "template", ERASABLE);
    String key = fresh("key");
    String first = repeatable(key, body).text("token");
    assertThat(repeatable(key, body).text("token")).isEqualTo(first);
    erase(subject);
    String second = repeatable(key, body).text("token");
    assertThat(isLive(first)).isFalse();
    assertThat(detokenize("dev-admin", second).text("data")).isEqualTo("x");
  }

  private Answer repeatable(String key, String body) {
    return Expect.ok(
        TestServer.send(
            server
                .request("dev-admin", "/v1/tokenize")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build()),
        201);
  }

  @Test
  void a_template_that_becomes_erasable_has_nothing_to_say_about_values_of_before() {
    String subject = fresh("later");
    String template = template("format", "opaque");
    token("data", "before", "subject", subject, "template", template);
    Expect.ok(put(template, "format", "opaque", "erasable", true), 200);
    String after = token("data", "after", "subject", subject, "template", template);
    assertThat(isLive(after)).isTrue();
    assertCounts(erase(subject), 1, 2, 1);
  }

  // Beside rotations.

  @Test
  void a_re_sealed_value_is_still_its_subjects_and_goes_with_it() {
    String subject = fresh("resealed");
    String token = erasable(subject, "sealed again");
    int floor = rotate("data");
    rekey("reseal");
    Expect.ok(destroy("data", floor), 200);
    assertThat(detokenize("dev-admin", token).text("data")).isEqualTo("sealed again");
    assertCounts(erase(subject), 1, 1, 1);
    assertThat(isLive(token)).isFalse();
  }

  @Test
  void keys_of_before_and_after_a_digest_rotation_are_all_found() {
    String subject = fresh("rotated");
    erasable(subject, "before");
    rotate("digest");
    erasable(subject, "after");
    assertCounts(erase(subject), 2, 2, 2);
  }

  @Test
  void after_the_old_digest_keys_are_gone_every_key_is_found_also_one_without_a_row() {
    String subject = fresh("redigested");
    String ended = fresh("ended");
    String token = erasable(subject, "x");
    String revoked = erasable(ended, "y");
    revoke("token", revoked);
    int before = rotate("digest") - 1;
    rekey("redigest");
    Expect.ok(destroy("digest", before), 200);
    assertThat(detokenize("dev-admin", token).text("data")).isEqualTo("x");
    assertCounts(erase(subject), 1, 1, 1);
    assertCounts(erase(ended), 1, 0, 0); // its row is in yesterday's backup
  }

  @Test
  void old_digest_keys_are_kept_while_a_key_is_labelled_by_them() {
    String subject = fresh("labelled");
    revoke("token", erasable(subject, "x"));
    int before = rotate("digest") - 1;
    rekey("reseal"); // another job than the one that is needed
    Expect.problem(destroy("digest", before), 409, "key-needed");
    assertCounts(erase(subject), 1, 0, 0);
  }

  @Test
  void in_the_middle_of_a_re_digest_every_key_is_found() {
    String label = fresh("label-first");
    String row = fresh("row-first");
    erasable(label, "label new, row old");
    StoredDataKey before = keyOf(row, () -> erasable(row, "label old, row new"));
    int version = rotate("digest");
    erasable(fresh("other"), "x"); // so that this instance has learnt of it
    relabel(keyOf(label), label, version);
    assertCounts(erase(label), 1, 1, 1);
    rekey("redigest");
    StoredDataKey after = keyOf(row);
    assertThat(after.id()).isEqualTo(before.id());
    relabel(after, row, version - 1);
    assertCounts(erase(row), 1, 1, 1);
  }

  private StoredDataKey keyOf(String subject, Runnable make) {
    make.run();
    return keyOf(subject);
  }

  /** The newest key of this subject. */
  private StoredDataKey keyOf(String subject) {
    var keyring = server.context().getBean(io.scrip.crypto.Keyring.class);
    return table().labelledBelow(Integer.MAX_VALUE, 0, Integer.MAX_VALUE).stream()
        .filter(key -> keyring.subject(key).equals(subject))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private void relabel(StoredDataKey key, String subject, int version) {
    var digest =
        server
            .context()
            .getBean(Digests.class)
            .digest(
                version,
                Purpose.SUBJECT,
                TenantId.DEFAULT,
                subject.getBytes(StandardCharsets.UTF_8));
    assertThat(table().relabel(key, new Subject(TenantId.DEFAULT, digest, version))).isTrue();
  }

  private KeyTable table() {
    return server.context().getBean(KeyTable.class);
  }

  // What is told.

  @Test
  void the_record_is_signed_and_the_trail_tells_of_it() {
    String subject = fresh("told");
    String token = erasable(subject, "x");
    Answer record = erase(subject);
    assertThat(record.text("type")).isEqualTo("erasure");
    assertThat(verify(record.body())).isInstanceOf(Verdict.Erased.class);
    detokenize("dev-admin", token);
    var events =
        AuditContract.lines(server.post("/v1/audit/events", Json.of("subject", subject)), "event");
    assertThat(
            events.stream()
                .map(event -> Json.text(event, "action") + " " + Json.text(event, "reason")))
        .containsExactly("token.tokenize ok", "subject.erase keys-1", "token.detokenize revoked");
    assertThat(Json.text(events.get(1), "requestId")).isEqualTo(record.text("requestId"));
    assertThat(Json.text(events.get(1), "subjectDigest")).isEqualTo(record.text("subjectDigest"));
    String trail = server.get("dev-admin", "/v1/audit/events").body();
    assertThat(trail).contains("subject.erase").doesNotContain(subject);
    assertThat(verify(trail)).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void a_record_with_any_byte_changed_is_refused() {
    String subject = fresh("changed");
    erasable(subject, "x");
    byte[] record = erase(subject).body().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < record.length; i++) {
      byte[] changed = record.clone();
      changed[i] ^= 1;
      assertThat(verify(changed))
          .as("byte %d: %s", i, new String(changed, StandardCharsets.UTF_8))
          .isInstanceOf(Verdict.Broken.class);
    }
  }

  private Verdict verify(String file) {
    return verify(file.getBytes(StandardCharsets.UTF_8));
  }

  private Verdict verify(byte[] file) {
    var key = server.context().getBean(AuditSigningKey.class);
    var verifier = new TrailVerifier(List.of(TrailKey.parse(key.publicKeyPem())));
    try {
      return verifier.verify(new ByteArrayInputStream(file));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  // At the same moment.

  /** Instances to be asked by turns; the first is {@link #server()}. */
  List<TestServer> instances() {
    return List.of(server);
  }

  @Test
  void while_a_subject_is_erased_again_and_again_every_token_opens_as_its_value_or_not_at_all() {
    String subject = fresh("busy");
    List<TestServer> all = instances();
    AtomicBoolean done = new AtomicBoolean();
    Map<String, String> made = new java.util.concurrent.ConcurrentHashMap<>();
    List<Integer> records = new ArrayList<>();
    var results =
        Expect.atOnce(
            9,
            caller -> {
              if (caller == 0) {
                for (int i = 0; i < 12; i++) {
                  awaitMore(made, made.size() + 10);
                  Answer record = all.get(i % all.size()).post(ERASE, Json.of("subject", subject));
                  records.add(record.status());
                }
                done.set(true);
                return List.<String>of();
              }
              return tokenizeUntil(done, all, caller, subject, made);
            });
    assertThat(records).hasSize(12).containsOnly(200);
    assertThat(results.stream().flatMap(List::stream)).isEmpty();
    int live = 0;
    for (Map.Entry<String, String> token : made.entrySet()) {
      Answer answer = detokenize("dev-admin", token.getKey());
      assertThat(answer.status()).as(answer.body()).isIn(200, 404);
      if (answer.status() == 200) {
        assertThat(answer.text("data")).isEqualTo(token.getValue());
        live++;
      }
    }
    Answer last = erase(subject);
    assertThat(last.text("tokens")).isEqualTo(Integer.toString(live));
    assertThat(last.text("shredded")).isEqualTo(Integer.toString(live));
    assertThat(made.keySet()).noneMatch(this::isLive);
    assertThat(reasonsOfOpening(subject)).isSubsetOf("plain", "revoked");
  }

  /** No row was left under a key that is gone: that would be {@code will-not-open}. */
  private Set<String> reasonsOfOpening(String subject) {
    String of = Json.of("subject", subject, "action", "token.detokenize");
    return AuditContract.lines(server.post("/v1/audit/events", of), "event").stream()
        .map(event -> Json.text(event, "reason"))
        .collect(Collectors.toSet());
  }

  private static void awaitMore(Map<String, String> made, int count) {
    java.time.Instant end = java.time.Instant.now().plusSeconds(60);
    while (made.size() < count && java.time.Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
  }

  /** What went wrong, in words. */
  private List<String> tokenizeUntil(
      AtomicBoolean done,
      List<TestServer> all,
      int caller,
      String subject,
      Map<String, String> made) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; !done.get(); i++) {
      String data = caller + " " + i;
      Answer answer =
          all.get((caller + i) % all.size())
              .post(
                  "/v1/tokenize", Json.of("data", data, "subject", subject, "template", ERASABLE));
      if (answer.status() == 201) {
        made.put(answer.text("token"), data);
      } else if (answer.status() != 503) {
        wrong.add(answer.status() + " " + answer.body());
      }
    }
    return wrong;
  }
}
