package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.tree.JsonNode;
import io.scrip.TestServer.Answer;
import io.scrip.audit.TrailKey;
import io.scrip.audit.TrailVerifier;
import io.scrip.audit.Verdict;
import io.scrip.crypto.AuditSigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened, for those who may know. */
interface AuditContract extends ApiContract {
  String EVENTS = "/v1/audit/events";

  static JsonNode line(String line) {
    try (var parser = new JsonFactory().createParser(line)) {
      return JsonNodeTreeCodec.getInstance().readTree(parser);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The lines of one type. */
  static List<JsonNode> lines(Answer answer, String type) {
    Expect.ok(answer, 200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    return answer
        .body()
        .lines()
        .map(AuditContract::line)
        .filter(line -> Json.text(line, "type").equals(type))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=yesterday",
        "to=2026",
        "action=tokenize",
        "action=",
        "subjectDigest=ab",
        "subjectDigest=zz"
      })
  default void a_filter_that_cannot_be_read_is_refused_by_name(String query) {
    var answer =
        Expect.problem(server().get("dev-admin", EVENTS + "?" + query), 400, "invalid-field");
    assertThat(answer.text("field")).isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"from":"yesterday"}    | invalid-field
          {"from":0}              | invalid-field
          {"action":"tokenize"}   | invalid-field
          {"subject":""}          | invalid-field
          {"subject":7}           | invalid-field
          {"actor":["a"]}         | invalid-field
          {"token":"t"}           | unknown-field
          {"subjectDigest":"ab"}  | unknown-field
          []                      | malformed-json
          """)
  default void a_selection_that_cannot_be_read_is_refused(String body, String problem) {
    Expect.problem(server().post(EVENTS, body), 400, problem);
  }

  @Test
  default void every_decision_is_there_with_who_what_and_why() {
    String subject = fresh("subject");
    String token =
        makeAs("twin", "data", "x", "subject", subject, "template", "uuid").text("token");
    server().post("twin", "/v1/detokenize", Json.of("token", token, "purpose", "billing"));
    server().post("dev-masked", "/v1/detokenize", Json.of("token", token, "view", "plain"));
    revoke("token", token);
    server().post("twin", "/v1/detokenize", Json.of("token", token));
    var events = lines(server().post(EVENTS, Json.of("subject", subject)), "event");
    assertThat(
            events.stream()
                .map(
                    event ->
                        Json.text(event, "action")
                            + " "
                            + Json.text(event, "outcome")
                            + " "
                            + Json.text(event, "reason")))
        .containsExactlyInAnyOrder(
            "token.tokenize allowed ok",
            "token.detokenize allowed plain",
            "token.detokenize refused masked-only",
            "token.revoke allowed ok",
            "token.detokenize refused revoked");
    assertThat(events.stream().map(event -> Json.text(event, "tokenDigest")).distinct()).hasSize(1);
    assertThat(events.stream().map(event -> Json.text(event, "template")).distinct())
        .containsExactly("uuid");
    assertThat(Json.text(Json.find(events.getFirst(), "actor").orElseThrow(), "subject"))
        .isEqualTo("twin@clients");
    assertThat(
            events.stream()
                .flatMap(event -> Json.find(event, "purpose").stream())
                .map(JsonNode::getStringValue))
        .containsExactly("billing");
  }

  @Test
  default void a_digest_finds_what_the_subject_finds() {
    String subject = fresh("subject");
    make("data", "x", "subject", subject);
    var events = lines(server().post(EVENTS, Json.of("subject", subject)), "event");
    assertThat(events).hasSize(1);
    String digest = Json.text(events.getFirst(), "subjectDigest");
    assertThat(lines(server().get("dev-admin", EVENTS + "?subjectDigest=" + digest), "event"))
        .isEqualTo(events);
    assertThat(lines(server().get("alpha", EVENTS + "?subjectDigest=" + digest), "event"))
        .isEmpty();
    assertThat(lines(server().post("alpha", EVENTS, Json.of("subject", subject)), "event"))
        .isEmpty();
  }

  @Test
  default void filters_narrow_the_selection() {
    Instant start = Instant.now();
    String actor = "dev-writer@clients";
    server().post("dev-writer", "/v1/tokenize", Json.of("data", "x"));
    server().post("dev-writer", "/v1/tokens/lookup", Json.of("token", "unknown"));
    var lookups =
        lines(
            server()
                .get(
                    "dev-admin", EVENTS + "?action=token.lookup&actor=" + actor + "&from=" + start),
            "event");
    assertThat(lookups)
        .isNotEmpty()
        .allMatch(event -> Json.text(event, "action").equals("token.lookup"));
    assertThat(lookups).allMatch(event -> !Instant.parse(Json.text(event, "at")).isBefore(start));
    assertThat(
            lines(
                server().get("dev-admin", EVENTS + "?actor=" + actor + "&to=2020-01-01T00:00:00Z"),
                "event"))
        .isEmpty();
    assertThat(lines(server().get("dev-admin", EVENTS + "?actor=dev-writer%25"), "event"))
        .isEmpty();
    assertThat(lines(server().get("dev-admin", EVENTS + "?action=token.lookup"), "selection"))
        .hasSize(1);
  }

  @Test
  default void the_request_id_of_the_gateway_leads_to_the_event() {
    String id = "kong." + fresh("request").substring(0, 12);
    String subject = fresh("subject");
    var request =
        server()
            .request("dev-writer", "/v1/tokenize")
            .header("X-Request-Id", id)
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    Json.of("data", "x", "subject", subject)))
            .build();
    assertThat(io.scrip.TestServer.send(request).headers().allValues("X-Request-Id"))
        .containsExactly(id);
    assertThat(
            Json.text(
                lines(server().post(EVENTS, Json.of("subject", subject)), "event").getFirst(),
                "requestId"))
        .isEqualTo(id);
  }

  @Test
  default void a_whole_export_verifies_and_does_not_once_a_letter_of_it_has_changed() {
    makeAs("alpha", "data", "sealed for others");
    var whole = Expect.ok(server().get("dev-admin", EVENTS), 200).body();
    TrailKey key = TrailKey.parse(server().context().getBean(AuditSigningKey.class).publicKeyPem());
    assertThat(verify(key, whole)).isInstanceOf(Verdict.Verified.class);
    assertThat(whole).doesNotContain("org_alpha");
    String changed = whole.replaceFirst("\"reason\":\"ok\"", "\"reason\":\"no\"");
    assertThat(changed).isNotEqualTo(whole);
    assertThat(verify(key, changed)).isNotInstanceOf(Verdict.Verified.class);
  }

  private static Verdict verify(TrailKey key, String export) {
    try {
      return new TrailVerifier(List.of(key))
          .verify(new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  default void checkpoints_are_signed_heads_and_nothing_of_a_tenant() {
    var answer = Expect.ok(server().get("dev-admin", "/v1/audit/checkpoints"), 200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(answer.body().lines().map(AuditContract::line))
        .allSatisfy(
            line ->
                assertThat(Json.fields(line))
                    .containsExactlyInAnyOrder(
                        "type", "chain", "sequence", "at", "head", "keyId", "signature"));
  }

  @Test
  default void that_somebody_read_the_trail_is_in_the_trail() {
    Instant start = Instant.now();
    server().get("beta", "/v1/audit/checkpoints");
    assertThat(lines(server().get("beta", EVENTS + "?action=audit.read&from=" + start), "event"))
        .hasSizeGreaterThanOrEqualTo(2);
  }
}
