package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page of metrics of a started service: whatever callers send, it holds no word of theirs, and
 * it does not grow.
 */
class LabelsTest {
  /**
   * Stands in everything that the test sends: values, names, subjects, templates, paths, headers.
   */
  private static final String CANARY = "canary";

  private static final Set<String> OURS =
      Set.of(
          "action",
          "outcome",
          "reason",
          "problem",
          "view",
          "client_class",
          "key",
          "nick",
          "template",
          "le");

  private static TestServer server;
  private static int round;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "scrip.metrics.client-classes.desk.issuer", "dev",
                "scrip.metrics.client-classes.desk.clients", "dev-reader"));
    everythingOnce();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Every kind of call, with words that nobody has sent before. */
  private static void everythingOnce() {
    String word = CANARY + "-" + Integer.toString(round++, Character.MAX_RADIX);
    String made =
        server
            .post("/v1/tokenize", json("data", word, "name", word, "subject", word))
            .text("token");
    for (String client : List.of("dev-reader", "dev-masked", "dev-writer", "dev-admin")) {
      server.post(client, "/v1/detokenize", json("token", made, "purpose", CANARY));
      server.post(client, "/v1/detokenize", json("name", word));
      server.post(client, "/v1/detokenize", json("token", word));
    }
    server.put("dev-admin", "/v1/templates/" + word, "{\"format\": \"uuid\"}");
    server.post("/v1/tokenize", json("data", word, "template", word));
    server.get("dev-admin", "/v1/templates/" + word + "-none");
    server.delete("dev-admin", "/v1/templates/" + word);
    server.post("/v1/tokenize", json("data", word, "template", word + "-none"));
    server.post("/v1/tokens/search", json("subject", word));
    server.post("/v1/tokens/renew", json("token", made, "ttl", "PT1H"));
    server.post("/v1/tokens/revoke", json("subject", word));
    server.post("/v1/" + word, "{}");
    server.post("/v1/tokenize?" + word + "=" + word, "{\"" + word + "\": 1}");
    server.get("dev-writer", "/v1/audit/events");
    strangeRequest(word);
  }

  private static void strangeRequest(String word) {
    TestServer.send(
        HttpRequest.newBuilder(server.api("/v1/tokenize"))
            .header("Authorization", "Bearer " + word)
            .header("X-Request-Id", word)
            .header("User-Agent", word)
            .method(
                word.toUpperCase(java.util.Locale.ROOT).replace("-", ""),
                BodyPublishers.ofString(word))
            .build());
    TestServer.send(
        HttpRequest.newBuilder(server.api("/v1/tokenize")).header("Authorization", word).build());
    TestServer.send(HttpRequest.newBuilder(server.api("/" + word)).build());
  }

  private static String json(String... fields) {
    return IntStream.iterate(0, i -> i < fields.length, i -> i + 2)
        .mapToObj(i -> "\"" + fields[i] + "\": \"" + fields[i + 1] + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String page() {
    Answer answer =
        TestServer.send(HttpRequest.newBuilder(server.management("/prometheus")).build());
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  /** Names with their labels, without values. */
  private static Set<String> series() {
    return page()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith("scrip_") || line.startsWith("http_"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void no_word_that_a_caller_sent_is_on_the_page() {
    assertThat(page().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain(CANARY)
        .doesNotContain("dev-reader", "dev-masked", "dev-writer", "dev-admin", "default");
  }

  @Test
  void it_does_not_grow_whatever_callers_send() {
    everythingOnce();
    page(); // itself a call that is counted
    Set<String> before = series();
    IntStream.range(0, 20).forEach(_ -> everythingOnce());
    Set<String> grown = series();
    grown.removeAll(before);
    assertThat(grown).isEmpty();
    assertThat(before).hasSizeLessThan(1500);
  }

  @Test
  void our_labels_are_these_and_no_other() {
    Set<String> labels =
        series().stream()
            .filter(line -> line.startsWith("scrip_"))
            .flatMap(
                line ->
                    java.util.regex.Pattern.compile("([a-z_]+)=\"")
                        .matcher(line)
                        .results()
                        .map(found -> found.group(1)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(labels).isEqualTo(new TreeSet<>(OURS));
  }

  @Test
  void reveals_are_told_apart_by_class_and_refused_tokens_by_reason() {
    assertThat(series())
        .contains(
            "scrip_reveals_total{client_class=\"desk\",view=\"plain\"}",
            "scrip_reveals_total{client_class=\"dev\",view=\"masked\"}",
            "scrip_refusals_total{problem=\"unauthorized\",reason=\"malformed\"}",
            "scrip_refusals_total{problem=\"unauthorized\",reason=\"missing\"}",
            "scrip_refusals_total{problem=\"access-denied\",reason=\"none\"}",
            "scrip_refusals_total{problem=\"unknown-field\",reason=\"none\"}");
    assertThat(page())
        .contains("scrip_key_age_seconds{key=\"data\"} ", "scrip_jwks_age_seconds{nick=\"dev\"} ")
        .doesNotContain("scrip_key_age_seconds{key=\"data\"} NaN");
  }
}
