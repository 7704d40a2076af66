package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer;
import io.scrip.TestServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Held up in place of a good access token. */
interface TokenAttacks extends ApiContract {

  default Answer call(String... authorizations) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server().api("/v1/tokenize"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"data\":\"x\"}"));
    for (String authorization : authorizations) {
      request.header("Authorization", authorization);
    }
    return TestServer.send(request.build());
  }

  private void refused(String what, Answer answer) {
    assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(401);
    Expect.problem(answer, 401, "unauthorized");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
  }

  @Test
  default void the_forger_makes_good_tokens_until_something_is_changed() {
    Forger forger = new Forger(server());
    Expect.ok(call("Bearer " + forger.claims(_ -> {})), 201);
    Expect.ok(call("bearer " + forger.type("at+jwt")), 201);
    Expect.ok(
        call(
            "BEARER "
                + forger.claims(claims -> claims.audience(List.of("other", Forger.AUDIENCE)))),
        201);
  }

  @Test
  default void a_token_that_is_not_signed_by_the_issuers_key_is_refused() {
    Forger forger = new Forger(server());
    for (String algorithm : List.of("none", "None", "NONE", "nOnE", "", "HS256", "RS256")) {
      refused("unsigned, " + algorithm, call("Bearer " + forger.unsigned(algorithm)));
      refused("unsigned, " + algorithm, call("Bearer " + forger.unsigned(algorithm) + "AAAA"));
    }
    refused("the public key as HMAC key", call("Bearer " + forger.confused()));
    refused("claims altered", call("Bearer " + forger.altered()));
  }

  @Test
  default void a_token_for_another_audience_or_of_another_issuer_is_refused() {
    Forger forger = new Forger(server());
    String issuer = server().issuer();
    for (String audience :
        List.of(
            "https://api.scrip.local/", "https://api.scrip", "HTTPS://API.SCRIP.LOCAL", "*", "")) {
      refused(
          "audience " + audience,
          call("Bearer " + forger.claims(claims -> claims.audience(audience))));
    }
    refused(
        "no audience", call("Bearer " + forger.claims(claims -> claims.audience((String) null))));
    for (String other :
        List.of(
            "https://evil.example/",
            issuer.substring(0, issuer.length() - 1),
            issuer + "/",
            issuer.toUpperCase(Locale.ROOT),
            "")) {
      refused("issuer " + other, call("Bearer " + forger.claims(claims -> claims.issuer(other))));
    }
    refused("no issuer", call("Bearer " + forger.claims(claims -> claims.issuer(null))));
  }

  @Test
  default void a_token_out_of_its_time_is_refused() {
    Forger forger = new Forger(server());
    Instant now = Instant.now();
    refused(
        "expired",
        call(
            "Bearer "
                + forger.claims(
                    claims -> claims.expirationTime(Date.from(now.minusSeconds(120))))));
    refused("without end", call("Bearer " + forger.claims(claims -> claims.expirationTime(null))));
    refused(
        "end in words", call("Bearer " + forger.claims(claims -> claims.claim("exp", "tomorrow"))));
    refused(
        "not yet",
        call(
            "Bearer "
                + forger.claims(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(120))))));
  }

  @Test
  default void what_is_no_access_token_is_refused() {
    Forger forger = new Forger(server());
    for (String claim : List.of("nonce", "at_hash", "c_hash")) {
      refused(
          "ID token, " + claim,
          call("Bearer " + forger.claims(claims -> claims.claim(claim, "x"))));
    }
    refused(
        "ID token, token_use",
        call("Bearer " + forger.claims(claims -> claims.claim("token_use", "id"))));
    for (String type : List.of("ID", "logout+jwt", "dpop+jwt", "*", "")) {
      refused("type " + type, call("Bearer " + forger.type(type)));
    }
    refused("of nobody", call("Bearer " + forger.claims(claims -> claims.subject(null))));
    refused("of nobody", call("Bearer " + forger.claims(claims -> claims.subject(""))));
    refused(
        "tenant of another type",
        call("Bearer " + forger.claims(claims -> claims.claim("org_id", List.of("org_alpha")))));
  }

  @Test
  default void a_key_id_is_looked_up_and_never_followed() {
    Forger forger = new Forger(server());
    for (String keyId :
        List.of(
            "unknown",
            "../../../../etc/passwd",
            "/dev/null",
            "file:///dev/null",
            "https://evil.example/jwks.json",
            "' or 1=1 --",
            "k".repeat(2_000),
            "*",
            "")) {
      refused("key id " + keyId, call("Bearer " + forger.keyId(keyId)));
    }
  }

  @Test
  default void noise_is_refused() {
    String good = new Forger(server()).claims(_ -> {});
    for (String noise :
        List.of(
            "",
            "x",
            "a.b.c",
            "....",
            "eyJhbGciOiJSUzI1NiJ9..",
            good + ".x",
            good + "," + good,
            good + " " + good,
            good.substring(1),
            good + "=")) {
      refused("noise", call("Bearer " + noise));
    }
    for (String scheme :
        List.of(
            "Basic ",
            "xBearer ",
            "Bearer",
            "Bearer\t",
            "Token ",
            "JWT ",
            "",
            "Basic eDp5, Bearer ",
            "Bearer Bearer ")) {
      refused("scheme " + scheme, call(scheme + good));
    }
  }

  @Test
  default void two_headers_or_a_token_elsewhere_are_refused() {
    String good = new Forger(server()).claims(_ -> {});
    refused("none", call());
    refused("twice the same", call("Bearer " + good, "Bearer " + good));
    refused("good then bad", call("Bearer " + good, "Basic eDp5"));
    refused("bad then good", call("Basic eDp5", "Bearer " + good));
    for (String parameter : List.of("jwt", "access_token", "token", "authorization")) {
      refused(
          "in the query",
          TestServer.send(
              HttpRequest.newBuilder(server().api("/v1/templates?" + parameter + "=" + good))
                  .build()));
    }
    refused(
        "in a cookie",
        TestServer.send(
            HttpRequest.newBuilder(server().api("/v1/templates"))
                .header("Cookie", "access_token=" + good)
                .build()));
    refused(
        "behind a proxy",
        TestServer.send(
            HttpRequest.newBuilder(server().api("/v1/templates"))
                .header("Proxy-Authorization", "Bearer " + good)
                .build()));
  }

  @Test
  default void a_huge_token_is_refused_before_it_is_read() {
    Forger forger = new Forger(server());
    refused("10 KB", call("Bearer " + forger.padded(7_500)));
    refused("10 KB of dots", call("Bearer " + ".".repeat(10_000)));
    String answer =
        RawHttp.exchange(
            server(),
            RawHttp.request(
                "POST /v1/tokenize HTTP/1.1",
                RawHttp.bytes("{}"),
                "Authorization: Bearer " + "a".repeat(100_000)));
    assertThat(RawHttp.status(answer)).as(answer).isIn(400, 413, 431);
    assertThat(answer).contains("application/problem+json", "urn:scrip:problem:");
  }

  @Test
  default void identity_comes_from_the_token_and_from_no_header() {
    for (String header :
        List.of(
            "X-Consumer-Username",
            "X_Consumer_Username",
            "X-Credential-Identifier",
            "X-Userinfo",
            "X-Permissions",
            "X-Forwarded-User",
            "X-Authenticated-Scope")) {
      HttpRequest without =
          HttpRequest.newBuilder(server().api("/v1/templates")).header(header, "dev-admin").build();
      refused(header, TestServer.send(without));
      HttpRequest reader =
          server()
              .request("dev-reader", "/v1/templates")
              .header(header, "dev-admin tokenize read:templates")
              .GET()
              .build();
      Expect.problem(TestServer.send(reader), 403, "access-denied");
    }
  }

  @Test
  default void permissions_are_words_and_no_patterns() {
    Forger forger = new Forger(server());
    for (String scope :
        List.of(
            "*",
            "token*",
            "tokeni[sz]e",
            "TOKENIZE",
            "tokenize,detokenize",
            "tokenize\tdetokenize",
            "tokenize:all",
            "admin",
            ".*",
            "%")) {
      Expect.problem(
          call("Bearer " + forger.claims(claims -> claims.claim("scope", scope))),
          403,
          "access-denied");
    }
    Expect.problem(
        call(
            "Bearer "
                + forger.claims(
                    claims ->
                        claims
                            .claim("scope", null)
                            .claim("permissions", List.of("*", "tokenize detokenize")))),
        403,
        "access-denied");
    refused(
        "scope as a list",
        call("Bearer " + forger.claims(claims -> claims.claim("scope", List.of("tokenize")))));
    assertThat(
            Stream.of("tokenize", "x tokenize", "tokenize x", " tokenize ")
                .map(
                    scope ->
                        call("Bearer " + forger.claims(claims -> claims.claim("scope", scope)))
                            .status()))
        .containsOnly(201);
  }
}
