package io.scrip.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scrip.gateway.GatewayException.KeysUnusable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tenant publishes, entry by entry taken or refused.
 *
 * @param accepted at least one, in the order in which they are published; no kid twice
 * @param refused with the reason
 * @param kids of all entries, the refused ones too: a key that is still published has not left
 */
public record PublishedKeys(List<VerifyingKey> accepted, List<Refused> refused, Set<String> kids) {
  /** Auth0 publishes two or three. More than this is not a tenant's answer. */
  static final int MAX_ENTRIES = 16;

  /**
   * @param kid made printable, for it comes from outside
   */
  public record Refused(String kid, String why) {}

  public PublishedKeys {
    accepted = List.copyOf(accepted);
    refused = List.copyOf(refused);
    kids = Set.copyOf(kids);
  }

  /**
   * @throws KeysUnusable when it is no JWK set, has too many entries, or not one that is taken
   */
  public static PublishedKeys parse(String json) throws KeysUnusable {
    List<JsonNode> entries = entries(json);
    Map<String, Integer> counts = new HashMap<>();
    entries.forEach(entry -> counts.merge(entry.path("kid").asText(), 1, Integer::sum));
    List<VerifyingKey> accepted = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (JsonNode entry : entries) {
      try {
        accepted.add(read(entry, counts));
      } catch (KeyRefused e) {
        refused.add(new Refused(name(entry), String.valueOf(e.getMessage())));
      }
    }
    PublishedKeys keys = new PublishedKeys(accepted, refused, new LinkedHashSet<>(counts.keySet()));
    return keys.requireOne();
  }

  Optional<VerifyingKey> find(String kid) {
    return accepted.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  private PublishedKeys requireOne() throws KeysUnusable {
    if (accepted.isEmpty()) {
      StringBuilder why = new StringBuilder("the tenant publishes no key that is taken");
      refused.forEach(key -> why.append("; ").append(key.kid()).append(": ").append(key.why()));
      throw new KeysUnusable(why.toString());
    }
    return this;
  }

  private static VerifyingKey read(JsonNode entry, Map<String, Integer> counts) throws KeyRefused {
    VerifyingKey key = new Jwk(entry).read();
    if (counts.getOrDefault(key.kid(), 0) > 1) {
      throw new KeyRefused("its kid is published more than once");
    }
    return key;
  }

  private static List<JsonNode> entries(String json) throws KeysUnusable {
    JsonNode keys = tree(json).path("keys");
    if (!keys.isArray()) {
      throw new KeysUnusable("what the tenant publishes is not a JWK set");
    }
    if (keys.size() > MAX_ENTRIES) {
      throw new KeysUnusable("the tenant publishes more than " + MAX_ENTRIES + " keys");
    }
    List<JsonNode> entries = new ArrayList<>();
    keys.forEach(entries::add);
    return entries;
  }

  private static JsonNode tree(String json) throws KeysUnusable {
    try {
      return StrictJson.read(json);
    } catch (JsonProcessingException e) {
      throw new KeysUnusable("what the tenant publishes is not JSON");
    }
  }

  private static String name(JsonNode entry) {
    String kid = entry.path("kid").asText();
    return kid.isEmpty() ? "(without kid)" : Printable.of(kid);
  }
}
