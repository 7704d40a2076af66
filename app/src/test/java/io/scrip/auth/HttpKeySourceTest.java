package io.scrip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpKeySourceTest {
  private final TestProvider provider = new TestProvider();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    provider.close();
  }

  private HttpKeySource source(Duration readTimeout) {
    return new HttpKeySource(
        provider.jwksUri(), Optional.empty(), Optional.empty(), config(readTimeout));
  }

  private HttpKeySource source() {
    return source(Duration.ofSeconds(5));
  }

  private static KeysConfig config(Duration readTimeout) {
    return new KeysConfig(
        Duration.ofMinutes(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        3,
        Duration.ofHours(6),
        Duration.ofSeconds(2),
        readTimeout,
        65_536);
  }

  @Test
  void keys_are_fetched_as_they_stand() throws Exception {
    assertThat(source().fetch()).contains("\"kid\":\"first\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 308, 401, 404, 500, 503})
  void any_other_status_is_a_failure_and_no_redirect_is_followed(int status) {
    provider.is(
        exchange -> {
          exchange.getResponseHeaders().add("Location", provider.jwksUri().toString());
          exchange.sendResponseHeaders(status, -1);
        });
    assertThatThrownBy(() -> source().fetch()).isInstanceOf(IOException.class);
    assertThat(provider.fetches()).isOne();
  }

  @Test
  void a_longer_answer_than_allowed_is_a_failure() {
    provider.is(exchange -> TestProvider.respond(exchange, 200, "x".repeat(65_537)));
    assertThatThrownBy(() -> source().fetch()).isInstanceOf(IOException.class);
  }

  @Test
  void an_answer_of_exactly_the_limit_is_read() throws Exception {
    provider.is(exchange -> TestProvider.respond(exchange, 200, "x".repeat(65_536)));
    assertThat(source().fetch()).hasSize(65_536);
  }

  @Test
  void a_body_that_never_ends_is_given_up() {
    CountDownLatch over = new CountDownLatch(1);
    provider.is(exchange -> beginAndHang(exchange, over));
    assertThatThrownBy(() -> source(Duration.ofMillis(100)).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no complete answer");
    over.countDown();
  }

  private static void beginAndHang(HttpExchange exchange, CountDownLatch over) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nobody_there_is_a_failure() {
    provider.close();
    assertThatThrownBy(() -> source().fetch()).isInstanceOf(IOException.class);
  }

  @Test
  void the_token_for_the_cluster_is_read_before_each_fetch() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    provider.is(
        exchange -> {
          seen.set(String.join(",", exchange.getRequestHeaders().get("Authorization")));
          TestProvider.respond(exchange, 200, "{}");
        });
    Path file = folder.resolve("token");
    var source =
        new HttpKeySource(
            provider.jwksUri(), Optional.empty(), Optional.of(file), config(Duration.ofSeconds(5)));
    for (String token : new String[] {"one", "two"}) {
      Files.writeString(file, token + "\n");
      source.fetch();
      assertThat(seen.get()).isEqualTo("Bearer " + token);
    }
    Files.delete(file);
    assertThatThrownBy(source::fetch).isInstanceOf(IOException.class);
  }

  @Test
  void a_ca_file_without_certificates_is_a_failure() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.crt"), "not a certificate");
    var source =
        new HttpKeySource(
            provider.jwksUri(), Optional.of(file), Optional.empty(), config(Duration.ofSeconds(5)));
    assertThatThrownBy(source::fetch).isInstanceOf(IOException.class);
    assertThat(provider.fetches()).isZero();
  }
}
