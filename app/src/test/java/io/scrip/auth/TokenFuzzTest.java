package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Noise into every parser: its own exception or a value, nothing else. */
class TokenFuzzTest {
  private static final int ROUNDS = 5_000;
  private static final String JSON_BITS =
      "{}[]\":,.\\eE+-0123456789truefalsnl ud8\u0000\uD83Dkeysidtyn";

  private final AuthFixture auth = new AuthFixture();
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @AfterEach
  void stop() {
    auth.close();
  }

  private String noise(String alphabet, int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(maxLength); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void noise_is_refused_and_nothing_else() {
    CallerVerifier verifier = auth.verifier();
    for (int i = 0; i < ROUNDS; i++) {
      String token = noise("aZ09-_.=+/ \u00e9\uD83D", 60);
      assertThat(AuthFixture.outcome(verifier, token))
          .as("seed %d, round %d", seed, i)
          .isEqualTo("malformed");
    }
  }

  @Test
  void noise_in_the_right_shape_is_refused_and_nothing_else() {
    CallerVerifier verifier = auth.verifier();
    for (int i = 0; i < ROUNDS; i++) {
      String token =
          TestToken.base64url(noise(JSON_BITS, 30))
              + "."
              + TestToken.base64url("{" + noise(JSON_BITS, 30) + "}")
              + ".AAAA";
      assertThat(AuthFixture.outcome(verifier, token))
          .as("seed %d, round %d", seed, i)
          .isNotEqualTo("accepted");
    }
  }

  @Test
  void deep_nesting_is_refused_and_nothing_else() {
    CallerVerifier verifier = auth.verifier();
    for (String open : new String[] {"[", "{\"a\":"}) {
      String deep = "{\"iss\":" + open.repeat(5_000 / open.length());
      assertThat(
              AuthFixture.outcome(
                  verifier, TestToken.base64url("{}") + "." + TestToken.base64url(deep) + ".AAAA"))
          .isEqualTo("malformed");
    }
  }

  @Test
  void a_good_token_with_noise_in_it_is_judged_and_never_fails_otherwise() {
    CallerVerifier verifier = auth.verifier();
    byte[] good = auth.token().signedBy(TestKeys.FIRST).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] spoilt = good.clone();
      spoilt[random.nextInt(spoilt.length)] = (byte) (32 + random.nextInt(95));
      String token = new String(spoilt, StandardCharsets.US_ASCII);
      assertThat(AuthFixture.outcome(verifier, token))
          .as("seed %d, round %d", seed, i)
          .isNotBlank();
    }
  }

  @Test
  void noise_as_a_key_set_is_an_io_failure_and_nothing_else() {
    String good = "{\"keys\":[" + TestKeys.FIRST.toPublicJWK() + "]}";
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder spoilt = new StringBuilder(good);
      int at = random.nextInt(good.length());
      spoilt.replace(at, Math.min(good.length(), at + random.nextInt(8)), noise(JSON_BITS, 8));
      assertThat(keysIn(spoilt.toString())).as("seed %d, round %d", seed, i).isBetween(0, 1);
      assertThat(keysIn(noise(JSON_BITS, 40))).as("seed %d, round %d", seed, i).isZero();
    }
  }

  private static int keysIn(String json) {
    try {
      return KeySet.parse(json, Instant.EPOCH).byId().size();
    } catch (IOException e) {
      return 0;
    }
  }
}
