package io.scrip.issuer;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may have tokens: four built-in clients, one per need, and those of the configuration. */
@Singleton
@InDevelopment
final class Clients {
  private static final List<ClientConfig> BUILT_IN =
      List.of(
          ClientConfig.builtIn("dev-writer", "tokenize encrypt read:tokens"),
          ClientConfig.builtIn("dev-reader", "detokenize decrypt"),
          ClientConfig.builtIn("dev-masked", "detokenize:masked"),
          ClientConfig.builtIn(
              "dev-admin",
              "tokenize detokenize detokenize:masked read:tokens search:tokens renew:tokens"
                  + " revoke:tokens read:templates write:templates encrypt decrypt read:keys"
                  + " rotate:keys erase:subjects read:audit"));

  private final Map<String, ClientConfig> byId = new HashMap<>();

  Clients(List<ClientConfig> configured) {
    BUILT_IN.forEach(client -> byId.put(client.id(), client));
    configured.forEach(client -> byId.put(client.id(), client));
  }

  /** The client, if the secret is its own; compared in constant time. */
  Optional<ClientConfig> find(String id, String secret) {
    return Optional.ofNullable(byId.get(id))
        .filter(client -> isSame(client.secret().orElse(client.id()), secret));
  }

  private static boolean isSame(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
