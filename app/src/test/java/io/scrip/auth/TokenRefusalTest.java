package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens under a true signature that are refused all the same: form, header and claims. */
class TokenRefusalTest {
  private final AuthFixture auth = new AuthFixture();
  private CallerVerifier verifier;

  @BeforeEach
  void start() {
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK(), TestKeys.CURVE.toPublicJWK());
    verifier = auth.verifier();
  }

  @AfterEach
  void stop() {
    auth.close();
  }

  private String outcome(TestToken token) {
    return outcome(token.signedBy(TestKeys.FIRST));
  }

  private String outcome(String token) {
    return AuthFixture.outcome(verifier, token);
  }

  @Test
  void the_token_that_the_others_are_made_from_is_accepted() {
    assertThat(outcome(auth.token())).isEqualTo("accepted");
  }

  @Test
  void a_wrong_audience_is_refused() {
    for (Object audience :
        List.of(
            "https://other.example",
            "",
            TestToken.AUDIENCE + "/",
            List.of(),
            List.of("https://other.example"))) {
      assertThat(outcome(auth.token().claim("aud", audience)))
          .as("%s", audience)
          .isEqualTo("audience");
    }
    assertThat(outcome(auth.token().claim("aud", null))).isEqualTo("audience");
  }

  @Test
  void one_of_several_audiences_is_enough() {
    List<String> both = List.of(TestToken.AUDIENCE, auth.provider.issuer() + "userinfo");
    assertThat(outcome(auth.token().claim("aud", both))).isEqualTo("accepted");
  }

  @Test
  void the_issuer_is_compared_to_the_last_character() {
    String issuer = auth.provider.issuer();
    String noSlash = issuer.substring(0, issuer.length() - 1);
    for (String other :
        List.of(
            noSlash,
            issuer + "/",
            issuer + " ",
            issuer.toUpperCase(Locale.ROOT),
            "https://evil.example/")) {
      assertThat(outcome(auth.token().claim("iss", other))).as(other).isEqualTo("issuer");
    }
    assertThat(outcome(auth.token().claim("iss", null))).isEqualTo("issuer");
  }

  @Test
  void an_expired_token_is_refused_once_the_skew_is_over() {
    long now = auth.clock.instant().getEpochSecond();
    assertThat(outcome(auth.token().claim("exp", now - 29))).isEqualTo("accepted");
    assertThat(outcome(auth.token().claim("exp", now - 30))).isEqualTo("expired");
    assertThat(outcome(auth.token().claim("exp", 0))).isEqualTo("expired");
    assertThat(outcome(auth.token().claim("exp", null))).isEqualTo("malformed");
  }

  @Test
  void a_token_from_the_future_has_to_wait() {
    long now = auth.clock.instant().getEpochSecond();
    assertThat(outcome(auth.token().claim("nbf", now + 30))).isEqualTo("accepted");
    String early = auth.token().claim("nbf", now + 31).signedBy(TestKeys.FIRST);
    assertThat(outcome(early)).isEqualTo("not-yet-valid");
    auth.clock.advance(Duration.ofSeconds(1));
    assertThat(outcome(early)).isEqualTo("accepted");
  }

  @Test
  void an_id_token_is_refused_even_with_our_audience() {
    for (Map.Entry<String, String> mark :
        Map.of("nonce", "n", "at_hash", "h", "c_hash", "h", "token_use", "id", "typ", "ID")
            .entrySet()) {
      assertThat(outcome(auth.token().claim(mark.getKey(), mark.getValue())))
          .as(mark.getKey())
          .isEqualTo("id-token");
    }
    assertThat(outcome(auth.token().claim("token_use", "access"))).isEqualTo("accepted");
  }

  @Test
  void the_type_has_to_be_one_of_an_access_token() {
    for (String type : List.of("jwt", "JWT", "at+jwt", "AT+JWT")) {
      assertThat(outcome(auth.token().header("typ", type))).as(type).isEqualTo("accepted");
    }
    for (String type : List.of("", "logout+jwt", "dpop+jwt", "JWE", "application/jwt ")) {
      assertThat(outcome(auth.token().header("typ", type))).as(type).isEqualTo("type");
    }
    assertThat(outcome(auth.token().header("typ", null))).isEqualTo("type");
  }

  @Test
  void an_extension_that_must_be_understood_is_refused() {
    assertThat(outcome(auth.token().header("crit", List.of("exp")))).isEqualTo("malformed");
    assertThat(outcome(auth.token().header("crit", List.of()))).isEqualTo("malformed");
    assertThat(outcome(auth.token().header("crit", List.of("b64")).header("b64", false)))
        .isEqualTo("malformed");
  }

  @Test
  void a_huge_token_is_refused_before_it_is_read() {
    assertThat(outcome(auth.token().claim("fill", "x".repeat(8_192)))).isEqualTo("too-large");
    assertThat(outcome("x".repeat(8_193))).isEqualTo("too-large");
    assertThat(outcome("x".repeat(8_192))).isEqualTo("malformed");
    assertThat(auth.provider.fetches()).isZero();
  }

  @Test
  void a_payload_has_to_be_an_object() {
    for (String payload :
        List.of(
            "5",
            "\"text\"",
            "null",
            "true",
            "[]",
            "[{}]",
            "",
            " ",
            "{",
            "{}{}",
            "{} 5",
            "\u0000")) {
      String token = TestToken.signed(auth.token().headerJson(), payload, TestKeys.FIRST);
      assertThat(outcome(token)).as(payload).isNotEqualTo("accepted").isIn("malformed", "issuer");
    }
  }

  @Test
  void an_array_of_pairs_is_no_object_though_the_parser_would_take_it() {
    List<List<Object>> pairs = new ArrayList<>();
    auth.token().claims().forEach((name, value) -> pairs.add(List.of(name, value)));
    String payload = JSONArrayUtils.toJSONString(List.copyOf(pairs));
    String token = TestToken.signed(auth.token().headerJson(), payload, TestKeys.FIRST);
    assertThat(outcome(token)).isEqualTo("malformed");
  }

  @Test
  void a_claim_named_twice_is_refused() {
    String claims = auth.token().claimsJson();
    String twice = claims.substring(0, claims.length() - 1) + ",\"scope\":\"detokenize\"}";
    assertThat(outcome(TestToken.signed(auth.token().headerJson(), twice, TestKeys.FIRST)))
        .isEqualTo("malformed");
    String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"first\",\"kid\":\"second\"}";
    assertThat(outcome(TestToken.signed(header, claims, TestKeys.FIRST))).isEqualTo("malformed");
  }

  @Test
  void a_claim_of_the_wrong_type_is_refused_not_converted() {
    List<Object> wrong = List.of(5, true, Map.of("a", "b"), List.of(5));
    for (String claim :
        List.of("sub", "azp", "scope", "exp", "nbf", "iat", "aud", "permissions", "org_id")) {
      for (Object value : wrong) {
        boolean fitting = value instanceof Number && List.of("exp", "nbf", "iat").contains(claim);
        if (!fitting) {
          assertThat(outcome(auth.token().claim(claim, value)))
              .as("%s = %s", claim, value)
              .isEqualTo("malformed");
        }
      }
    }
    for (Object value : wrong) {
      assertThat(outcome(auth.token().claim("iss", value))).isEqualTo("malformed");
      assertThat(outcome(auth.token().header("kid", value))).isEqualTo("malformed");
      assertThat(outcome(auth.token().header("alg", value))).isEqualTo("malformed");
      assertThat(outcome(auth.token().header("typ", value))).isEqualTo("malformed");
    }
  }

  @Test
  void a_null_claim_is_refused() {
    String claims = auth.token().claim("org_id", null).claimsJson();
    String token = claims.substring(0, claims.length() - 1) + ",\"org_id\":null}";
    assertThat(outcome(TestToken.signed(auth.token().headerJson(), token, TestKeys.FIRST)))
        .isEqualTo("malformed");
  }

  @Test
  void times_beyond_the_calendar_are_refused() {
    for (Object time : List.of(-1, 253_402_300_800L, Long.MAX_VALUE, 1e300)) {
      assertThat(outcome(auth.token().claim("exp", time))).as("%s", time).isEqualTo("malformed");
    }
  }

  @Test
  void a_subject_is_required_and_has_to_be_storable() {
    assertThat(outcome(auth.token().claim("sub", null))).isEqualTo("subject");
    for (String subject : List.of("", "x".repeat(257), "a\u0000b", "a\nb", "a\u0085b")) {
      assertThat(outcome(auth.token().claim("sub", subject))).as(subject).isEqualTo("malformed");
    }
    assertThat(outcome(auth.token().claim("sub", "x".repeat(256)))).isEqualTo("accepted");
  }

  @Test
  void half_a_surrogate_pair_cannot_stand_in_for_another_tenant() {
    String claims = auth.token().claimsJson();
    String half = claims.substring(0, claims.length() - 1) + ",\"org_id\":\"org_\\ud800\"}";
    assertThat(outcome(TestToken.signed(auth.token().headerJson(), half, TestKeys.FIRST)))
        .isEqualTo("malformed");
  }

  @Test
  void a_message_repeats_nothing_that_the_token_says() {
    List<String> tokens = new ArrayList<>();
    tokens.add(auth.token().claim("aud", "canary-7f3a").signedBy(TestKeys.FIRST));
    tokens.add(auth.token().claim("iss", "canary-7f3a").signedBy(TestKeys.FIRST));
    tokens.add(auth.token().header("alg", "canary-7f3a").signedBy(TestKeys.FIRST));
    tokens.add(auth.token().header("kid", "canary-7f3a").signedBy(TestKeys.FIRST));
    tokens.add(TestToken.signed("{\"canary-7f3a", "{", TestKeys.FIRST));
    for (String token : tokens) {
      AuthException refused =
          catchThrowableOfType(AuthException.class, () -> AuthFixture.verify(verifier, token));
      assertThat(refused).hasNoCause();
      assertThat(refused.toString()).doesNotContain("canary").doesNotContain(token);
    }
  }
}
