package io.scrip.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.runtime.server.EmbeddedServer;
import io.scrip.FreePorts;
import io.scrip.identity.StartRefused;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the stand-in is, and where it must not be. */
class StandInBoundsTest {
  @TempDir Path folder;

  private Path keyFile() {
    return folder.resolve("data").resolve("issuer.jwk");
  }

  private StandInConfig config() {
    return new StandInConfig(8082, Optional.empty(), "https://api.scrip.local", keyFile());
  }

  @Test
  void in_production_it_does_not_exist() {
    int port = FreePorts.next();
    try (EmbeddedServer server = StandIn.start(folder, port, "production")) {
      for (Class<?> bean :
          new Class<?>[] {
            TokenEndpoint.class, WellKnownEndpoint.class, SigningKey.class, Clients.class
          }) {
        assertThat(server.getApplicationContext().containsBean(bean))
            .as(bean.getSimpleName())
            .isFalse();
      }
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
    assertThat(keyFile()).doesNotExist();
  }

  @Test
  void in_production_it_cannot_be_switched_on() {
    assertThatThrownBy(
            () ->
                StandIn.start(folder, FreePorts.next(), "production", "scrip.issuer.enabled", true)
                    .close())
        .rootCause()
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("scrip.issuer.enabled: ");
  }

  @Test
  void in_development_it_can_be_switched_off() {
    try (EmbeddedServer server =
        StandIn.start(folder, FreePorts.next(), "dev", "scrip.issuer.enabled", false)) {
      assertThat(server.getApplicationContext().containsBean(TokenEndpoint.class)).isFalse();
    }
  }

  @Test
  void its_key_survives_a_restart() {
    String first = new SigningKey(config()).key().getKeyID();
    assertThat(new SigningKey(config()).key().getKeyID()).isEqualTo(first);
  }

  @Test
  void its_key_is_for_its_owner_only() throws Exception {
    SigningKey key = new SigningKey(config());
    assertThat(key.publicKey().size()).isEqualTo(2048);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
        .isEqualTo("rw-------");
    try (var files = Files.list(keyFile().resolveSibling(""))) {
      assertThat(files).containsExactly(keyFile());
    }
  }

  @Test
  void a_spoilt_key_file_stops_the_start_and_is_not_overwritten() throws Exception {
    Files.createDirectories(keyFile().resolveSibling(""));
    Files.writeString(keyFile(), "{\"kty\":\"RSA\"");
    assertThatThrownBy(() -> new SigningKey(config()))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("scrip.issuer.key-file: ");
    assertThat(keyFile()).hasContent("{\"kty\":\"RSA\"");
  }

  @Test
  void its_address_ends_in_a_slash() {
    assertThatThrownBy(
            () -> new StandInConfig(8082, Optional.of("http://127.0.0.1:8082"), "a", keyFile()))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("scrip.issuer.url: ");
  }

  @Test
  void no_secret_is_printed() {
    assertThat(ClientConfig.builtIn("dev-writer", "tokenize").toString())
        .isEqualTo("ClientConfig[dev-writer]");
    assertThat(new AccessToken("canary", Optional.empty(), 1, "Bearer").toString())
        .doesNotContain("canary");
  }
}
