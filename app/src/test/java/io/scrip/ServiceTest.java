package io.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceTest {

  @Test
  void a_card_number_gets_a_token_and_the_token_gets_it_back_also_after_a_restart() {
    String token;
    TestServer first = TestServer.onH2();
    try (first) {
      var made =
          first.post(
              "dev-writer",
              "/v1/tokenize",
              "{\"data\":\"4242424242424242\",\"template\":\"card\"}");
      assertThat(made.status()).isEqualTo(201);
      token = made.text("token");
      assertThat(token).matches("424242\\d{6}4242").isNotEqualTo("4242424242424242");
    }
    try (TestServer second = TestServer.in(first.folder(), java.util.Map.of())) {
      var back = second.post("dev-reader", "/v1/detokenize", "{\"token\":\"" + token + "\"}");
      assertThat(back.status()).isEqualTo(200);
      assertThat(back.text("data")).isEqualTo("4242424242424242");
    }
  }
}
