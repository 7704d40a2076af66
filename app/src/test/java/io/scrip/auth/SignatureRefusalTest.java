package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that are wrong, missing, or made with a key that does not count. */
class SignatureRefusalTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", ""})
  void an_unsigned_token_is_refused(String none) {
    String parts = auth.token().header("alg", none).signedBy(TestKeys.FIRST);
    assertThat(outcome(parts)).isEqualTo("algorithm");
    assertThat(outcome(parts.substring(0, parts.lastIndexOf('.') + 1))).isEqualTo("malformed");
  }

  @Test
  void the_public_key_is_no_secret_to_sign_with() throws Exception {
    TestToken token = auth.token().header("alg", "HS256");
    String part =
        TestToken.base64url(token.headerJson()) + "." + TestToken.base64url(token.claimsJson());
    for (byte[] secret : publicForms()) {
      assertThat(outcome(part + "." + TestToken.base64url(hmac(secret, part))))
          .isEqualTo("algorithm");
    }
  }

  private static List<byte[]> publicForms() throws Exception {
    return List.of(
        TestKeys.FIRST.toRSAPublicKey().getEncoded(),
        TestKeys.FIRST.getModulus().decode(),
        TestKeys.FIRST.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] secret, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void a_curve_signature_is_refused_where_only_rsa_is_allowed() {
    String token =
        auth.token().header("alg", "ES256").header("kid", "curve").signedBy(TestKeys.CURVE);
    assertThat(outcome(token)).isEqualTo("algorithm");
    verifier = auth.verifier(auth.oauth("RS256", "ES256"), AuthFixture.CACHE, Runnable::run);
    assertThat(outcome(token)).isEqualTo("accepted");
  }

  @Test
  void an_algorithm_may_not_be_used_with_a_key_of_another() {
    verifier = auth.verifier(auth.oauth("RS256", "ES256"), AuthFixture.CACHE, Runnable::run);
    assertThat(outcome(auth.token().header("kid", "curve"))).isEqualTo("algorithm");
    assertThat(outcome(auth.token().header("alg", "ES256"))).isEqualTo("algorithm");
  }

  @Test
  void an_ecdsa_signature_of_zeros_is_refused() {
    verifier = auth.verifier(auth.oauth("ES256"), AuthFixture.CACHE, Runnable::run);
    String token =
        auth.token().header("alg", "ES256").header("kid", "curve").signedBy(TestKeys.CURVE);
    String zeros = TestToken.base64url(new byte[64]);
    assertThat(outcome(token.substring(0, token.lastIndexOf('.') + 1) + zeros))
        .isEqualTo("signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS384", "RS512", "PS256", "ES384", "EdDSA", "HS512", "RSA-OAEP", "rs256"})
  void every_other_algorithm_is_refused(String algorithm) {
    assertThat(outcome(auth.token().header("alg", algorithm))).isEqualTo("algorithm");
  }

  @Test
  void a_short_rsa_key_verifies_nothing() {
    auth.provider.publishes(TestKeys.FIRST.toPublicJWK(), TestKeys.SHORT.toPublicJWK());
    assertThat(outcome(auth.token().header("kid", "short").signedBy(TestKeys.SHORT)))
        .isEqualTo("unknown-key");
  }

  @Test
  void another_key_under_the_same_id_is_refused() {
    assertThat(outcome(auth.token().signedBy(TestKeys.SECOND))).isEqualTo("signature");
  }

  @Test
  void keys_in_the_header_count_for_nothing() {
    JWK own = TestKeys.SECOND.toPublicJWK();
    for (Map.Entry<String, Object> hint :
        Map.<String, Object>of(
                "jwk",
                own.toJSONObject(),
                "jku",
                "https://evil.example/jwks.json",
                "x5u",
                "https://evil.example/cert.pem")
            .entrySet()) {
      TestToken token = auth.token().header(hint.getKey(), hint.getValue());
      assertThat(outcome(token.signedBy(TestKeys.SECOND))).isEqualTo("signature");
      assertThat(outcome(token.header("kid", null).signedBy(TestKeys.SECOND)))
          .isEqualTo("unknown-key");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other",
        "",
        "FIRST",
        "first ",
        "../../first",
        "/dev/null",
        "https://evil.example/jwks.json",
        "' OR 1=1 --"
      })
  void a_key_id_is_a_name_and_nothing_more(String keyId) {
    assertThat(outcome(auth.token().header("kid", keyId))).isEqualTo("unknown-key");
  }

  @Test
  void each_flipped_bit_of_a_part_spoils_the_token() {
    String token = auth.token().signedBy(TestKeys.FIRST);
    for (int i = 0; i < token.length(); i += 7) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String spoilt = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(outcome(spoilt)).as("character %d", i).isNotEqualTo("accepted");
    }
  }
}
