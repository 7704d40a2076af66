package io.scrip.gateway;

import static io.scrip.gateway.TestJwk.jwk;
import static io.scrip.gateway.TestJwk.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scrip.gateway.GatewayException.KeysUnusable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedKeysTest {
  private static final ObjectNode GOOD = jwk("good");

  @Test
  void keys_with_their_certificates_come_out_as_openssl_writes_them() throws Exception {
    PublishedKeys keys = PublishedKeys.parse(resource("jwks.json"));
    assertThat(keys.refused()).isEmpty();
    assertThat(keys.accepted())
        .extracting(VerifyingKey::kid)
        .containsExactly("certified-one", "certified-two");
    assertThat(keys.accepted())
        .extracting(VerifyingKey::pem)
        .containsExactly(resource("one.pem"), resource("two.pem"));
  }

  @Test
  void a_key_may_say_nothing_of_its_use_and_algorithm() throws Exception {
    ObjectNode plain = jwk("plain");
    plain.remove("use");
    plain.remove("alg");
    assertThat(PublishedKeys.parse(set(plain)).accepted()).hasSize(1);
  }

  @Test
  void a_key_of_4096_bits_is_taken_and_its_pem_is_the_key() throws Exception {
    VerifyingKey key = PublishedKeys.parse(set(jwk("long", 4_096))).accepted().getFirst();
    RSAPublicKey read = PublicPem.decode(key.pem());
    assertThat(read.getModulus()).isEqualTo(key.modulus());
    assertThat(read.getPublicExponent()).isEqualTo(key.exponent());
  }

  static Stream<Arguments> bad_keys() throws IOException {
    return Stream.of(
        bad("kty is not RSA", key -> key.put("kty", "EC")),
        bad("kty is not RSA", key -> key.put("kty", "oct")),
        bad("kty is not RSA", key -> key.remove("kty")),
        bad("use is not sig", key -> key.put("use", "enc")),
        bad("use is not sig", key -> key.putNull("use")),
        bad("alg is not RS256", key -> key.put("alg", "PS256")),
        bad("alg is not RS256", key -> key.put("alg", "RS512")),
        bad("alg is not RS256", key -> key.put("alg", "HS256")),
        bad("alg is not RS256", key -> key.put("alg", "none")),
        bad("key_ops do not have verify", key -> key.putArray("key_ops").add("encrypt")),
        bad("private half is published", key -> key.put("d", "AQAB")),
        bad("private half is published", key -> key.put("p", "AQAB")),
        bad("kid is a number", key -> key.put("kid", 4711)),
        bad("it has no kid", key -> key.remove("kid")),
        bad("it has no kid", key -> key.put("kid", "")),
        bad("it has no kid", key -> key.put("kid", true)),
        bad("printable characters", key -> key.put("kid", "a b")),
        bad("printable characters", key -> key.put("kid", "a\nb")),
        bad("printable characters", key -> key.put("kid", "kéy")),
        bad("printable characters", key -> key.put("kid", "k".repeat(129))),
        bad("it has 1024 bits", key -> key.setAll(jwk("short", 1_024))),
        bad(
            "it has 2047 bits",
            key -> key.put("n", number(BigInteger.TWO.pow(2_047).subtract(BigInteger.TEN)))),
        bad(
            "it has 8193 bits",
            key -> key.put("n", number(BigInteger.TWO.pow(8_192).add(BigInteger.ONE)))),
        bad("it has 0 bits", key -> key.remove("n")),
        bad("modulus is even", key -> key.put("n", number(BigInteger.TWO.pow(2_047)))),
        bad("n is not base64url", key -> key.put("n", "+/+/")),
        bad("e is not base64url", key -> key.put("e", "A*")),
        bad("exponent", key -> key.remove("e")),
        bad("exponent", key -> key.put("e", "AQ")), // 1: every message is its own signature
        bad("exponent", key -> key.put("e", "Aw")), // 3
        bad("exponent", key -> key.put("e", "AQAA")), // 65536
        bad("exponent", key -> key.put("e", number(BigInteger.TWO.pow(64).add(BigInteger.ONE)))),
        bad("certificate (x5c) is of another key", key -> key.set("x5c", published(1).get("x5c"))),
        bad("certificate (x5c) is of another key", key -> key.putArray("x5c")),
        bad("certificate (x5c) is of another key", key -> key.put("x5c", "MIIB")),
        bad("certificate (x5c) cannot be read", key -> key.putArray("x5c").add("MIIB")),
        bad("certificate (x5c) cannot be read", key -> key.putArray("x5c").add("-----BEGIN")));
  }

  private interface Spoil {
    void apply(ObjectNode key) throws IOException;
  }

  private static Arguments bad(String why, Spoil spoil) throws IOException {
    ObjectNode key = jwk("bad");
    spoil.apply(key);
    return Arguments.of(why, key);
  }

  @ParameterizedTest
  @MethodSource("bad_keys")
  void a_key_that_must_not_verify_is_refused_by_name_and_the_others_are_taken(
      String why, ObjectNode key) throws Exception {
    PublishedKeys keys = PublishedKeys.parse(set(key, GOOD));
    assertThat(keys.accepted()).extracting(VerifyingKey::kid).containsExactly("good");
    assertThat(keys.refused())
        .singleElement()
        .extracting(PublishedKeys.Refused::why)
        .asString()
        .contains(why);
  }

  @ParameterizedTest
  @MethodSource("bad_keys")
  void a_set_with_none_but_such_a_key_is_unusable_and_says_why(String why, ObjectNode key) {
    assertThatThrownBy(() -> PublishedKeys.parse(set(key)))
        .isInstanceOf(KeysUnusable.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_certificate_of_the_other_key_is_refused() throws Exception {
    ObjectNode swapped = (ObjectNode) published(0);
    swapped.set("x5c", published(1).get("x5c"));
    assertThat(PublishedKeys.parse(set(swapped, GOOD)).refused())
        .containsExactly(
            new PublishedKeys.Refused(
                "certified-one", "its certificate (x5c) is of another key than its modulus"));
  }

  @Test
  void a_kid_that_is_published_twice_is_refused_both_times() throws Exception {
    ObjectNode other = jwk("other").put("kid", "twice");
    PublishedKeys keys = PublishedKeys.parse(set(jwk("twice"), other, GOOD));
    assertThat(keys.accepted()).extracting(VerifyingKey::kid).containsExactly("good");
    assertThat(keys.refused())
        .extracting(PublishedKeys.Refused::kid)
        .containsExactly("twice", "twice");
  }

  @Test
  void a_refused_key_counts_as_published_so_that_it_is_not_taken_for_gone() throws Exception {
    assertThat(PublishedKeys.parse(set(jwk("bad").put("use", "enc"), GOOD)).kids())
        .contains("bad", "good");
  }

  @Test
  void a_kid_is_made_printable_before_it_is_named() throws Exception {
    PublishedKeys keys = PublishedKeys.parse(set(jwk("bad").put("kid", "\u001b[2Jx"), GOOD));
    assertThat(keys.refused().getFirst().kid()).isEqualTo("?[2Jx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "<html></html>",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "{\"keys\":[1,\"a\",null,[]]}",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[{\"kid\":\"a\",\"kid\":\"b\"}]}",
        "{\"keys\":[]} {}"
      })
  void what_is_no_jwk_set_or_an_empty_one_is_unusable(String json) {
    assertThatThrownBy(() -> PublishedKeys.parse(json)).isInstanceOf(KeysUnusable.class);
  }

  @Test
  void more_entries_than_a_tenant_has_are_unusable_whatever_they_are() {
    ObjectNode[] many =
        IntStream.range(0, 17)
            .mapToObj(i -> GOOD.deepCopy().put("kid", "k" + i))
            .toArray(ObjectNode[]::new);
    assertThatThrownBy(() -> PublishedKeys.parse(set(many)))
        .isInstanceOf(KeysUnusable.class)
        .hasMessageContaining("more than 16");
  }

  @Test
  void noise_is_refused_in_its_own_words_or_read() {
    long seed = 20261121;
    Random random = new Random(seed);
    char[] good = set(GOOD).toCharArray();
    for (int i = 0; i < 3_000; i++) {
      char[] noisy = good.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        noisy[random.nextInt(noisy.length)] = (char) random.nextInt(1, 256);
      }
      try {
        assertThat(PublishedKeys.parse(new String(noisy)).accepted())
            .as("seed %s", seed)
            .isNotEmpty();
      } catch (KeysUnusable expected) {
        assertThat(expected).hasMessageNotContaining("\n");
      }
    }
  }

  private static String number(BigInteger number) {
    return TestJwk.base64url(number);
  }

  private static JsonNode published(int index) throws IOException {
    return StrictJson.read(resource("jwks.json")).get("keys").get(index).deepCopy();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublishedKeysTest.class.getResourceAsStream("/gateway/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
