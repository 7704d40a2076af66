package io.scrip.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys as a tenant publishes them; one modulus for each name, made once, for RSA takes its time.
 */
public final class TestJwk {
  private static final Map<String, RSAPublicKey> KEYS = new ConcurrentHashMap<>();

  private TestJwk() {}

  /** A good one. */
  public static ObjectNode jwk(String kid) {
    return jwk(kid, 2_048);
  }

  public static ObjectNode jwk(String kid, int bits) {
    RSAPublicKey key = key(kid, bits);
    return JsonNodeFactory.instance
        .objectNode()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", kid)
        .put("n", base64url(key.getModulus()))
        .put("e", base64url(key.getPublicExponent()));
  }

  public static String set(ObjectNode... keys) {
    return Stream.of(keys)
        .map(ObjectNode::toString)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  public static String set(String... kids) {
    return set(Stream.of(kids).map(TestJwk::jwk).toArray(ObjectNode[]::new));
  }

  static VerifyingKey verifying(String kid) {
    RSAPublicKey key = key(kid, 2_048);
    return new VerifyingKey(kid, key.getModulus(), key.getPublicExponent());
  }

  static PublishedKeys published(String... kids) {
    List<VerifyingKey> keys = Stream.of(kids).map(TestJwk::verifying).toList();
    return new PublishedKeys(keys, List.of(), Set.of(kids));
  }

  static String base64url(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static RSAPublicKey key(String kid, int bits) {
    return KEYS.computeIfAbsent(kid + "/" + bits, _ -> generate(bits));
  }

  private static RSAPublicKey generate(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return (RSAPublicKey) generator.generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
