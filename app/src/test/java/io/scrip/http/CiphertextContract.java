package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.scrip.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value in, a ciphertext out that its owner keeps, and the value again. */
interface CiphertextContract extends ApiContract {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          encrypt | {}                                     | invalid-field     | data
          encrypt | {"data":null}                          | invalid-field     | data
          encrypt | {"data":""}                            | invalid-field     | data
          encrypt | {"data":7}                             | invalid-field     | data
          encrypt | {"data":"half \\ud800"}                | invalid-field     | data
          encrypt | {"data":"x","context":"table"}         | invalid-field     | context
          encrypt | {"data":"x","context":["a"]}           | invalid-field     | context
          encrypt | {"data":"x","context":{"a":1}}         | invalid-field     | context
          encrypt | {"data":"x","context":{"a":null}}      | invalid-field     | context
          encrypt | {"data":"x","context":{"a":{"b":"c"}}} | invalid-field     | context
          encrypt | {"data":"x","context":{"a":"\\ud800"}} | invalid-field     | context
          encrypt | {"data":"x","context":{"\\ud800":"a"}} | invalid-field     | context
          encrypt | {"data":"x","context":{"":"a"}}        | context-too-large | -
          encrypt | {"data":"x","context":{"a":"b","a":"c"}} | duplicate-field | -
          encrypt | {"data":"x","purpose":"mailing"}       | unknown-field     | purpose
          encrypt | {"data":"x","nonce":"AAAA"}            | unknown-field     | nonce
          encrypt | {"data":"x","key":"AAAA"}              | unknown-field     | key
          encrypt | {"data":"x","ref":"a"}                 | unknown-field     | ref
          decrypt | {}                                     | invalid-field     | ciphertext
          decrypt | {"ciphertext":null}                    | invalid-field     | ciphertext
          decrypt | {"ciphertext":7}                       | invalid-field     | ciphertext
          decrypt | {"ciphertext":["x"]}                   | invalid-field     | ciphertext
          decrypt | {"ciphertext":"x","purpose":"two words"} | invalid-field   | purpose
          decrypt | {"ciphertext":"x","context":7}         | invalid-field     | context
          decrypt | {"ciphertext":"x","data":"x"}          | unknown-field     | data
          rewrap  | {}                                     | invalid-field     | ciphertext
          rewrap  | {"ciphertext":{}}                      | invalid-field     | ciphertext
          rewrap  | {"ciphertext":"x","purpose":"mailing"} | unknown-field     | purpose
          """,
      nullValues = "-")
  default void what_is_sent_wrongly_is_refused_by_name(
      String call, String body, String problem, @Nullable String field) {
    var answer = Expect.problem(server().post("/v1/" + call, body), 400, problem);
    if (field != null) {
      assertThat(answer.text("field")).startsWith(field);
    }
  }

  @Test
  default void a_context_has_at_most_16_entries_and_4096_bytes() {
    Map<String, String> entries = new LinkedHashMap<>();
    IntStream.range(0, 16).forEach(i -> entries.put("key-" + i, "value"));
    Expect.ok(encrypt("x", entries), 200);
    entries.put("one more", "value");
    Expect.problem(encrypt("x", entries), 400, "context-too-large");
    Expect.problem(decrypt("x", entries), 400, "context-too-large");
    Expect.ok(encrypt("x", Map.of("k", "v".repeat(4_095))), 200);
    Expect.problem(encrypt("x", Map.of("k", "v".repeat(4_096))), 400, "context-too-large");
    Expect.problem(encrypt("x", Map.of("k", "\u00e9".repeat(2_048))), 400, "context-too-large");
    Expect.problem(encrypt("x", Map.of("k".repeat(65), "v")), 400, "context-too-large");
  }

  @Test
  default void a_value_has_at_most_64_kib() {
    String largest = "\u00e9".repeat(32_768);
    String ciphertext = Expect.ok(encrypt(largest, Map.of()), 200).text("ciphertext");
    assertThat(decrypt(ciphertext, Map.of()).text("data")).isEqualTo(largest);
    assertThat(rewrap(ciphertext, Map.of()).status()).isEqualTo(200);
    Expect.problem(encrypt(largest + "x", Map.of()), 400, "data-too-large");
  }

  @Test
  default void whatever_does_not_open_is_answered_alike_and_the_trail_tells_why() {
    Map<String, String> context = Map.of("table", "customers");
    String good = sealed("x".repeat(20), context); // 57 bytes: each four characters are three
    Map<String, String> bad = new TreeMap<>();
    bad.put("empty", "");
    bad.put("noise", "noise");
    bad.put("prefix", "scrip:v1:");
    bad.put("upper", good.replace("scrip", "SCRIP"));
    bad.put("version", good.replace(":v1:", ":v2:"));
    bad.put("padded", good + "=");
    bad.put("base64", good.replaceFirst(".$", "+"));
    bad.put("space", good + " ");
    bad.put("cut", good.substring(0, good.length() - 4));
    bad.put("short", good.substring(0, 30));
    bad.put("longer", good + "AAAA");
    bad.put("long", good + "A".repeat(200_000));
    bad.put("changed", flipped(good, 8 * 30));
    bad.put("key", flipped(good, 8 * 8));
    bad.put("envelope", flipped(good, 0));
    bad.put("token", token("data", "x"));
    bad.put("foreign", encryptAs("alpha", "x", context).text("ciphertext"));
    List<String> bodies = new ArrayList<>();
    bad.forEach(
        (name, ciphertext) -> {
          bodies.add(decryptAs("only-decrypt", ciphertext, context, "p-" + name).body());
          bodies.add(rewrap(ciphertext, context).body());
        });
    for (Map<String, String> other :
        List.of(
            Map.<String, String>of(),
            Map.of("table", "orders"),
            Map.of("tables", "customer"),
            Map.of("table", "customers", "row", "1"),
            Map.of("table", ""))) {
      bodies.add(decryptAs("only-decrypt", good, other, "p-context").body());
      bodies.add(rewrap(good, other).body());
    }
    assertThat(bodies.stream().distinct()).hasSize(1);
    Expect.problem(decrypt("noise", Map.of()), 422, "ciphertext-not-opened");
    Map<String, String> reasons = reasons();
    for (String malformed :
        List.of(
            "empty",
            "noise",
            "prefix",
            "upper",
            "version",
            "padded",
            "base64",
            "space",
            "short",
            "long",
            "envelope",
            "token")) {
      assertThat(reasons).containsEntry("p-" + malformed, "refused malformed");
    }
    assertThat(reasons)
        .containsEntry("p-key", "refused unknown-key")
        .containsEntry("p-changed", "refused will-not-open")
        .containsEntry("p-cut", "refused will-not-open")
        .containsEntry("p-longer", "refused will-not-open")
        .containsEntry("p-foreign", "refused will-not-open")
        .containsEntry("p-context", "refused will-not-open");
  }

  @Test
  default void a_sealed_record_of_the_vault_is_no_ciphertext() {
    String good = sealed("x", Map.of());
    long id = dataKeyId(good);
    token("data", "x"); // the records of this process have a data key too, and another
    for (long other = Math.max(1, id - 20); other < id + 20; other++) {
      if (other != id) {
        Expect.problem(decrypt(withDataKeyId(good, other), Map.of()), 422, "ciphertext-not-opened");
      }
    }
  }

  @Test
  default void two_tenants_never_open_each_others() {
    Map<String, String> context = Map.of("row", "1");
    String alphas = encryptAs("alpha", "x", context).text("ciphertext");
    for (String stranger : List.of("beta", "dev-admin")) {
      for (String call : List.of("/v1/decrypt", "/v1/rewrap")) {
        Expect.problem(
            server().post(stranger, call, Json.of("ciphertext", alphas, "context", context)),
            422,
            "ciphertext-not-opened");
      }
    }
    assertThat(decryptAs("alpha", alphas, context, "own").text("data")).isEqualTo("x");
  }

  @Test
  default void a_batch_answers_for_each_by_itself() {
    String good = sealed("x", Map.of("k", "v"));
    var opened =
        server()
            .post(
                "/v1/decrypt/batch",
                Json.batch(
                    List.of(
                        Json.of("ref", "a", "ciphertext", "noise"),
                        Json.of("ref", "b", "ciphertext", good, "context", Map.of("k", "v")),
                        Json.of("ref", "c", "ciphertext", good),
                        "{}",
                        "7")));
    assertThat(Json.texts(Expect.ok(opened, 200), "items", "status"))
        .containsExactly("422", "200", "422", "400", "400");
    var items = Json.list(opened, "items");
    assertThat(Json.fields(items.get(1))).containsExactlyInAnyOrder("ref", "status", "data");
    assertThat(Json.find(items.get(0), "problem")).isEqualTo(Json.find(items.get(2), "problem"));
    var rewrapped =
        server()
            .post(
                "/v1/rewrap/batch",
                Json.batch(
                    List.of(
                        Json.of("ciphertext", good, "context", Map.of("k", "v")),
                        Json.of("ciphertext", good))));
    assertThat(Json.texts(Expect.ok(rewrapped, 200), "items", "status"))
        .containsExactly("200", "422");
    var sealed =
        server()
            .post(
                "/v1/encrypt/batch",
                Json.batch(
                    List.of(
                        Json.of("data", "", "ref", "a"),
                        Json.of("data", "x", "ref", "b"),
                        Json.of("data", "z".repeat(65_537)),
                        Json.of("data", "x", "context", Map.of("k", "v".repeat(5_000))),
                        Json.of("data", "x", "ref", "r".repeat(65)))));
    assertThat(Json.texts(Expect.ok(sealed, 200), "items", "status"))
        .containsExactly("400", "200", "400", "400", "400");
  }

  @Test
  default void a_batch_that_is_none_is_refused_whole() {
    for (String path : List.of("/v1/encrypt/batch", "/v1/decrypt/batch", "/v1/rewrap/batch")) {
      for (String body : List.of("{}", "{\"items\":[]}", "{\"items\":{}}")) {
        Expect.problem(server().post(path, body), 400, "invalid-field");
      }
      Expect.problem(
          server().post(path, Json.batch(java.util.Collections.nCopies(1_001, "{}"))),
          400,
          "batch-too-large");
    }
  }

  @Test
  default void a_thousand_go_in_and_come_out_in_order() {
    List<String> data = IntStream.range(0, 1_000).mapToObj(i -> "v" + i).toList();
    var sealed =
        server()
            .post(
                "/v1/encrypt/batch",
                Json.batch(data.stream().map(one -> Json.of("data", one)).toList()));
    List<String> ciphertexts = Json.texts(sealed, "items", "ciphertext");
    assertThat(ciphertexts).hasSize(1_000).doesNotHaveDuplicates();
    String body = Json.batch(ciphertexts.stream().map(one -> Json.of("ciphertext", one)).toList());
    assertThat(Json.texts(server().post("/v1/decrypt/batch", body), "items", "data"))
        .isEqualTo(data);
    String again =
        Json.batch(
            Json.texts(server().post("/v1/rewrap/batch", body), "items", "ciphertext").stream()
                .map(one -> Json.of("ciphertext", one))
                .toList());
    assertThat(Json.texts(server().post("/v1/decrypt/batch", again), "items", "data"))
        .isEqualTo(data);
  }

  @Test
  default void awkward_values_and_contexts_come_back_to_the_byte() {
    long seed = 20_261_121L;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String data = awkward(random, 1 + random.nextInt(60));
      Map<String, String> context = new LinkedHashMap<>();
      for (int entry = random.nextInt(4); entry > 0; entry--) {
        context.put(awkward(random, 1 + random.nextInt(8)), awkward(random, random.nextInt(9)));
      }
      String ciphertext = sealed(data, context);
      assertThat(decrypt(ciphertext, context).text("data"))
          .as("seed %s, round %s", seed, i)
          .isEqualTo(data);
    }
  }

  private static String awkward(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    while (characters-- > 0) {
      int one;
      do {
        one = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      } while (Character.getType(one) == Character.SURROGATE);
      text.appendCodePoint(one);
    }
    return text.toString();
  }

  @Test
  default void the_order_of_a_context_does_not_matter_and_none_is_the_same_as_an_empty_one() {
    String ciphertext =
        Expect.ok(
                server()
                    .post("/v1/encrypt", "{\"data\":\"x\",\"context\":{\"b\":\"2\",\"a\":\"1\"}}"),
                200)
            .text("ciphertext");
    for (String context : List.of("{\"b\":\"2\",\"a\":\"1\"}", "{\"a\":\"1\",\"b\":\"2\"}")) {
      Expect.ok(
          server()
              .post(
                  "/v1/decrypt",
                  "{\"ciphertext\":\"" + ciphertext + "\",\"context\":" + context + "}"),
          200);
    }
    String without =
        Expect.ok(server().post("/v1/encrypt", "{\"data\":\"x\"}"), 200).text("ciphertext");
    Expect.ok(decrypt(without, Map.of()), 200);
    Expect.ok(server().post("/v1/decrypt", Json.of("ciphertext", sealed("x", Map.of()))), 200);
  }

  @Test
  default void equal_values_never_look_alike() {
    assertThat(sealed("x", Map.of())).isNotEqualTo(sealed("x", Map.of()));
  }

  @Test
  default void what_was_sealed_before_a_rotation_opens_after_it_and_can_be_put_under_the_new_key() {
    Map<String, String> context = Map.of("row", "1");
    String before = sealed("kept", context);
    for (String key : List.of("kek", "data")) {
      Expect.ok(server().post("/v1/keys/rotate", Json.of("key", key)), 200);
    }
    String after = sealed("new", context);
    while (dataKeyId(after) <= dataKeyId(before)) { // until the instance has learnt of it
      after = sealed("new", context);
    }
    assertThat(decrypt(before, context).text("data")).isEqualTo("kept");
    String moved = Expect.ok(rewrap(before, context), 200).text("ciphertext");
    assertThat(dataKeyId(moved)).isEqualTo(dataKeyId(after));
    assertThat(decrypt(moved, context).text("data")).isEqualTo("kept");
    assertThat(decrypt(before, context).text("data")).isEqualTo("kept");
    Expect.problem(decrypt(moved, Map.of()), 422, "ciphertext-not-opened");
  }

  @Test
  default void each_opening_is_in_the_trail_before_it_is_answered_and_says_for_what() {
    String ciphertext = sealed("x", Map.of("k", "canary context"));
    Instant start = Instant.now();
    decryptAs("only-decrypt", ciphertext, Map.of("k", "canary context"), "p-told");
    rewrap(ciphertext, Map.of("k", "canary context"));
    var opened = events("value.decrypt", "only-decrypt@clients", start);
    assertThat(opened).hasSize(1);
    assertThat(Json.text(opened.getFirst(), "purpose")).isEqualTo("p-told");
    assertThat(Json.text(opened.getFirst(), "reason")).isEqualTo("ok");
    assertThat(Json.find(opened.getFirst(), "tokenDigest")).isEmpty();
    assertThat(opened.toString()).doesNotContain("canary");
    assertThat(events("value.rewrap", "dev-admin@clients", start)).hasSize(1);
  }

  @Test
  default void sealings_are_in_the_trail_as_sums_and_refusals_at_once() {
    Instant start = Instant.now();
    for (int i = 0; i < 7; i++) {
      Expect.ok(server().post("creator", "/v1/encrypt", "{\"data\":\"x\"}"), 200);
    }
    Expect.ok(
        server()
            .post(
                "creator",
                "/v1/encrypt/batch",
                Json.batch(java.util.Collections.nCopies(100, "{\"data\":\"x\"}"))),
        200);
    Expect.problem(
        server().post("nobody", "/v1/encrypt", "{\"data\":\"x\"}"), 403, "access-denied");
    assertThat(events("value.encrypt", "nobody@clients", start)).hasSize(1);
    long deadline = System.nanoTime() + 60_000_000_000L;
    List<JsonNode> sums = List.of();
    while (total(sums) < 107 && System.nanoTime() < deadline) {
      sums = events("value.encrypt", "creator@clients", start);
    }
    assertThat(total(sums)).isEqualTo(107);
    assertThat(sums.size()).isLessThan(8);
  }

  private static long total(List<JsonNode> sums) {
    return sums.stream()
        .mapToLong(sum -> Long.parseLong(Json.text(sum, "reason").replace("sealed-", "")))
        .sum();
  }

  private List<JsonNode> events(String action, String actor, Instant from) {
    return AuditContract.lines(
        server()
            .get(
                "dev-admin",
                "/v1/audit/events?action=" + action + "&actor=" + actor + "&from=" + from),
        "event");
  }

  private Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    events("value.decrypt", "only-decrypt@clients", Instant.EPOCH)
        .forEach(
            event ->
                reasons.put(
                    Json.text(event, "purpose"),
                    Json.text(event, "outcome") + " " + Json.text(event, "reason")));
    return reasons;
  }

  default Answer encrypt(String data, Map<String, String> context) {
    return encryptAs("dev-admin", data, context);
  }

  default Answer encryptAs(String client, String data, Map<String, String> context) {
    return server().post(client, "/v1/encrypt", Json.of("data", data, "context", context));
  }

  default String sealed(String data, Map<String, String> context) {
    return Expect.ok(encrypt(data, context), 200).text("ciphertext");
  }

  default Answer decrypt(String ciphertext, Map<String, String> context) {
    return server().post("/v1/decrypt", Json.of("ciphertext", ciphertext, "context", context));
  }

  default Answer decryptAs(
      String client, String ciphertext, Map<String, String> context, String purpose) {
    return server()
        .post(
            client,
            "/v1/decrypt",
            Json.of("ciphertext", ciphertext, "context", context, "purpose", purpose));
  }

  default Answer rewrap(String ciphertext, Map<String, String> context) {
    return server().post("/v1/rewrap", Json.of("ciphertext", ciphertext, "context", context));
  }

  private static byte[] bytes(String ciphertext) {
    return Base64.getUrlDecoder()
        .decode(ciphertext.substring("scrip:v1:".length()).getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(byte[] envelope) {
    return "scrip:v1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(envelope);
  }

  private static String flipped(String ciphertext, int bit) {
    byte[] envelope = bytes(ciphertext);
    envelope[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return text(envelope);
  }

  private static long dataKeyId(String ciphertext) {
    return java.nio.ByteBuffer.wrap(bytes(ciphertext)).getLong(1);
  }

  private static String withDataKeyId(String ciphertext, long id) {
    byte[] envelope = bytes(ciphertext);
    java.nio.ByteBuffer.wrap(envelope).putLong(1, id);
    return text(envelope);
  }
}
