package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.identity.StartRefused;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same contract against a real OpenBao or Vault in development mode, at {@code
 * SCRIP_TEST_TRANSIT} with the root token {@code SCRIP_TEST_TRANSIT_TOKEN} and a transit engine
 * mounted at {@code transit}. app/docs/custody.md tells how to start one.
 */
@EnabledIfEnvironmentVariable(
    named = "SCRIP_TEST_TRANSIT",
    matches = ".+",
    disabledReason = "it needs a running OpenBao or Vault")
class TransitServerTest extends CustodyContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String ADDRESS = System.getenv("SCRIP_TEST_TRANSIT");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String key = "scrip-" + UUID.randomUUID();
  @TempDir private Path folder;
  private Custody custody;

  @BeforeEach
  void makeKey() throws Exception {
    administer("PUT", "policies/acl/scrip", policy(), "/v1/sys/");
    post("keys/" + key, "{\"type\":\"aes256-gcm96\"}");
    custody = start(key, null);
  }

  /** With no more than app/docs/custody.md grants, in the key's own name. */
  private TransitCustody start(String name, @Nullable List<String> older) throws Exception {
    String made =
        administer(
            "POST", "create", "{\"policies\":[\"scrip\"],\"ttl\":\"10m\"}", "/v1/auth/token/");
    String token = made.replaceAll("(?s).*\"client_token\":\"([^\"]+)\".*", "$1");
    Path file = folder.resolve("token");
    Files.writeString(file, token);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return TransitCustody.start(
        new TransitConfig(ADDRESS, null, name, older, file, null, null, null, null, null), TIMEOUT);
  }

  private static String policy() {
    String rules =
        """
        path "transit/keys/scrip-*"    { capabilities = ["read"] }
        path "transit/encrypt/scrip-*" { capabilities = ["update"] }
        path "transit/decrypt/scrip-*" { capabilities = ["update"] }
        """;
    return "{\"policy\":\"" + rules.replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
  }

  private static void post(String path, String body) throws Exception {
    administer("POST", path, body, "/v1/transit/");
  }

  private static String administer(String method, String path, String body, String under)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(ADDRESS + under + path))
            .header("X-Vault-Token", System.getenv("SCRIP_TEST_TRANSIT_TOKEN"))
            .method(method, BodyPublishers.ofString(body))
            .build();
    var response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
    return response.body();
  }

  @Override
  CustodyKind kind() {
    return CustodyKind.TRANSIT;
  }

  @Override
  Custody custody() {
    return custody;
  }

  @Override
  Custody rotated() {
    try {
      post("keys/" + key + "/rotate", "{}");
      return start(key, null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  Custody stranger() {
    try {
      post("keys/" + key + "-other", "{}");
      return start(key + "-other", null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_key_that_is_not_there_or_is_none_to_wrap_with_stops_the_start() throws Exception {
    assertThatThrownBy(() -> start(key + "-none", null)).isInstanceOf(StartRefused.class);
    for (String traits :
        List.of(
            "{\"type\":\"chacha20-poly1305\"}",
            "{\"exportable\":true}",
            "{\"derived\":true,\"convergent_encryption\":true}",
            "{\"type\":\"rsa-3072\"}")) {
      String bad = key + "-" + Integer.toHexString(traits.hashCode());
      post("keys/" + bad, traits);
      assertThatThrownBy(() -> start(bad, null)).isInstanceOf(StartRefused.class);
    }
  }

  @Test
  void a_version_that_was_retired_at_the_service_opens_nothing() throws Exception {
    byte[] old = custody.wrap(KEY, BOUND);
    post("keys/" + key + "/rotate", "{}");
    post("keys/" + key + "/config", "{\"min_decryption_version\":2}");
    assertWillNotOpen(custody, old, BOUND);
    assertThat(custody.unwrap(custody.wrap(KEY, BOUND), BOUND)).isEqualTo(KEY);
  }

  @Test
  void a_token_without_the_right_is_a_service_that_is_away() throws Exception {
    Path file = folder.resolve("none");
    Files.writeString(file, "s.none");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var none =
        TransitCustody.start(
            new TransitConfig(ADDRESS, null, key, null, file, null, null, null, null, null),
            TIMEOUT);
    assertThatThrownBy(() -> none.wrap(KEY, BOUND))
        .isExactlyInstanceOf(CryptoException.KeyServiceUnavailable.class)
        .hasMessageContaining("403");
  }
}
