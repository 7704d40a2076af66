package io.scrip.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A Secret with a credential in it, in the form of kong/resources/example/secret.yaml. */
final class SecretObject {
  /** Marks a credential for the ingress controller, and the Secret as one that we may write. */
  static final String LABEL = "konghq.com/credential";

  static final String LABEL_VALUE = "jwt";

  /** When the key was first seen to be gone from the JWK set. */
  static final String WITHDRAWN = "scrip.io/withdrawn";

  private static final String KEY = "key";
  private static final String ALGORITHM = "algorithm";
  private static final String PEM = "rsa_public_key";

  private SecretObject() {}

  static boolean isOurs(ObjectNode secret) {
    return secret.path("metadata").path("labels").path(LABEL).asText().equals(LABEL_VALUE);
  }

  static Held held(String name, ObjectNode secret) {
    Optional<String> kid = text(secret, KEY);
    Optional<String> algorithm = text(secret, ALGORITHM);
    Optional<String> pem = text(secret, PEM);
    Set<String> fields = new TreeSet<>();
    secret.path("data").fieldNames().forEachRemaining(fields::add);
    if (kid.isEmpty() || algorithm.isEmpty() || pem.isEmpty() || fields.size() != 3) {
      return new Held.Unusable(kid, "its data are not key, algorithm and rsa_public_key");
    }
    JsonNode withdrawn = secret.path("metadata").path("annotations").path(WITHDRAWN);
    return new Credential(
            kid.get(), algorithm.get(), pem.get(), Optional.ofNullable(withdrawn.textValue()))
        .held(name);
  }

  static ObjectNode empty(String name) {
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
    ObjectNode metadata = secret.putObject("metadata");
    metadata.put("name", name).putObject("labels").put(LABEL, LABEL_VALUE);
    return secret;
  }

  /** The same Secret with this in it; whatever else stands in its metadata stays. */
  static ObjectNode with(ObjectNode before, Credential credential) {
    ObjectNode secret = before.deepCopy();
    ObjectNode annotations =
        secret.withObjectProperty("metadata").withObjectProperty("annotations");
    annotations.remove(WITHDRAWN);
    credential.withdrawn().ifPresent(time -> annotations.put(WITHDRAWN, time));
    ObjectNode data = secret.putObject("data");
    put(data, KEY, credential.kid());
    put(data, ALGORITHM, credential.algorithm());
    put(data, PEM, credential.pem());
    return secret;
  }

  private static void put(ObjectNode data, String field, String text) {
    data.put(field, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Byte for byte: what is not UTF-8 is not there. */
  private static Optional<String> text(ObjectNode secret, String field) {
    try {
      byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(field).asText());
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text).filter(found -> !found.isEmpty());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
