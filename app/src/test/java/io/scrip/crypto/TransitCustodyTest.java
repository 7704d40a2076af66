package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TransitCustodyTest extends CustodyContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private TransitFake service;
  private Path token;
  private TransitCustody custody;

  @BeforeEach
  void open() throws Exception {
    service = new TransitFake();
    token = write("token", service.token + "\n");
    service.key("scrip");
    custody = start("scrip");
  }

  @AfterEach
  void close() {
    service.close();
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    return file;
  }

  private TransitConfig config(String key, @Nullable List<String> olderKeys) {
    return new TransitConfig(
        service.address() + "/", null, key, olderKeys, token, null, null, null, null, null);
  }

  private TransitCustody start(String key) {
    return TransitCustody.start(config(key, null), TIMEOUT);
  }

  private TransitCustody byRole(Path serviceAccountToken) {
    return TransitCustody.start(
        new TransitConfig(
            service.address(),
            null,
            "scrip",
            null,
            null,
            "scrip-read",
            null,
            serviceAccountToken,
            null,
            null),
        TIMEOUT);
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
    service.key("scrip").rotate();
    return start("scrip");
  }

  @Override
  Custody stranger() {
    service.key("other");
    return start("other");
  }

  @Test
  void the_layout_is_as_it_is_written_down() {
    String wrapped = new String(custody.wrap(KEY, BOUND));
    assertThat(wrapped).startsWith("\3\15transit/scrip").contains("vault:v1:");
    assertThat(custody.rootId()).isEqualTo("transit:transit/scrip:v1");
  }

  @Test
  void a_rotation_at_the_service_is_seen_by_the_next_wrap() {
    byte[] old = custody.wrap(KEY, BOUND);
    service.key("scrip").rotate();
    byte[] next = custody.wrap(KEY, BOUND);
    assertThat(custody.rootId()).endsWith(":v2");
    assertThat(custody.covers(next)).isTrue();
    assertThat(custody.covers(old)).isFalse();
    service.key("scrip").minDecryptionVersion = 2;
    assertWillNotOpen(custody, old, BOUND);
    assertThat(custody.unwrap(next, BOUND)).isEqualTo(KEY);
  }

  @Test
  void an_older_key_unwraps_where_it_is_named() {
    byte[] old = custody.wrap(KEY, BOUND);
    service.key("next");
    assertWillNotOpen(start("next"), old, BOUND);
    var both = TransitCustody.start(config("next", List.of("scrip")), TIMEOUT);
    assertThat(both.unwrap(old, BOUND)).isEqualTo(KEY);
    assertThat(both.covers(old)).isFalse();
    service.keys.remove("scrip");
    assertWillNotOpen(both, old, BOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "type, '\"chacha20-poly1305\"'",
    "type, '\"rsa-4096\"'",
    "type, 7",
    "derived, true",
    "exportable, true",
    "allow_plaintext_backup, true"
  })
  void a_key_that_is_none_to_wrap_with_stops_the_start(String trait, String value) {
    service.key("scrip").traits.put(trait, value);
    assertThatThrownBy(() -> start("scrip"))
        .isExactlyInstanceOf(StartRefused.class)
        .hasMessageStartingWith("scrip.keys.transit.key: ");
  }

  @Test
  void a_key_that_is_not_there_stops_the_start_and_is_never_made_by_the_way() {
    assertThatThrownBy(() -> start("mistyped")).isExactlyInstanceOf(StartRefused.class);
    service.next = Optional.of(new TransitFake.Answer(503, "{\"errors\":[\"Vault is sealed\"]}"));
    var early = start("mistyped"); // the service was away, so it could not be seen
    service.next = Optional.empty();
    assertAway(() -> early.wrap(KEY, BOUND));
    assertThat(service.keys).doesNotContainKey("mistyped");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 307, 308, 400, 401, 403, 404, 405, 412, 429, 472, 500, 502, 503})
  void any_other_status_is_a_service_that_is_away_and_is_named(int status) {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    String body = status == 204 ? "" : "{\"errors\":[\"canary-answer\"]}";
    service.next = Optional.of(new TransitFake.Answer(status, body));
    assertThat(assertAway(() -> custody.wrap(KEY, BOUND))).contains(String.valueOf(status));
    if (status == 400) {
      assertWillNotOpen(custody, wrapped, BOUND);
    } else {
      assertThat(assertAway(() -> custody.unwrap(wrapped, BOUND))).contains(String.valueOf(status));
    }
    service.next = Optional.empty();
    assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(KEY);
    assertThat(service.seen).noneMatch(line -> line.contains("elsewhere"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary-answer",
        "[]",
        "{}",
        "{\"data\":null}",
        "{\"data\":[]}",
        "{\"data\":{}}",
        "{\"data\":{\"plaintext\":1,\"ciphertext\":1}}",
        "{\"data\":{\"plaintext\":null,\"ciphertext\":null}}",
        "{\"data\":{\"plaintext\":\"canary answer\",\"ciphertext\":\"canary answer\"}}",
        "{\"data\":{\"ciphertext\":\"vault:v0:AAAA\",\"plaintext\":\"=\"}}",
        "{\"data\":{\"ciphertext\":\"vault:v1:AA\",\"ciphertext\":\"vault:v1:AA\",\"plaintext\":\"AA\",\"plaintext\":\"AA\"}}",
        "{\"data\":{\"ciphertext\":\"vault:v1:AA",
        "{\"data\":{\"plaintext\":\"QUJD"
      })
  void an_answer_that_is_none_is_a_service_that_is_away(String body) {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    service.next = Optional.of(new TransitFake.Answer(200, body));
    assertAway(() -> custody.wrap(KEY, BOUND));
    assertAway(() -> custody.unwrap(wrapped, BOUND));
  }

  @Test
  void an_endless_answer_is_cut_off() {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    String endless = "{\"data\":{\"plaintext\":\"" + "A".repeat(1 << 20) + "\"}}";
    service.next = Optional.of(new TransitFake.Answer(200, endless));
    assertAway(() -> custody.unwrap(wrapped, BOUND));
  }

  @Test
  void a_service_that_does_not_answer_is_given_up_in_time() {
    var impatient = TransitCustody.start(config("scrip", null), Duration.ofMillis(300));
    byte[] wrapped = custody.wrap(KEY, BOUND);
    service.hangs = Optional.of(new CountDownLatch(1));
    long before = System.nanoTime();
    assertThat(assertAway(() -> impatient.unwrap(wrapped, BOUND))).contains("0.3S");
    assertAway(() -> impatient.wrap(KEY, BOUND));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_service_that_is_not_there_is_away_and_found_again_when_it_is_back() {
    var config = config("scrip", null);
    service.close();
    var early = TransitCustody.start(config, TIMEOUT);
    assertAway(() -> early.wrap(KEY, BOUND));
    assertThat(early.rootId()).isEqualTo("transit:transit/scrip");
  }

  @Test
  void a_token_that_an_agent_replaced_is_read_again() throws Exception {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    service.token = "canary-next";
    assertThat(assertAway(() -> custody.unwrap(wrapped, BOUND))).contains("403");
    write("token", "canary-next");
    assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "two\nlines", "with space", "ünïcode", "nul\0"})
  void a_token_file_with_anything_but_a_token_is_refused(String content) throws Exception {
    write("token", content);
    assertThat(assertAway(() -> custody.wrap(KEY, BOUND)))
        .startsWith("scrip.keys.transit.token-file: ");
  }

  @Test
  void a_token_file_that_others_can_read_is_refused() throws Exception {
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(assertAway(() -> custody.wrap(KEY, BOUND))).contains("open to others");
    Files.delete(token);
    assertThat(assertAway(() -> custody.wrap(KEY, BOUND))).contains("cannot be read");
  }

  @Test
  void a_pod_logs_in_by_its_service_account_once_and_again_when_it_has_to() throws Exception {
    Path pod = write("pod", "canary.jwt.1");
    service.roles.put("scrip-read", "canary.jwt.1");
    TransitCustody own = byRole(pod);
    byte[] wrapped = own.wrap(KEY, BOUND);
    assertThat(own.unwrap(wrapped, BOUND)).isEqualTo(KEY);
    assertThat(service.logins).isEqualTo(1);

    service.token = "canary-revoked-the-first";
    assertThat(own.unwrap(wrapped, BOUND)).isEqualTo(KEY);
    assertThat(service.logins).isEqualTo(2);

    service.roles.put("scrip-read", "canary.jwt.2");
    service.token = "canary-again";
    assertThat(assertAway(() -> own.unwrap(wrapped, BOUND))).contains("403 to the login");
    write("pod", "canary.jwt.2");
    assertThat(own.unwrap(wrapped, BOUND)).isEqualTo(KEY);
  }

  @Test
  void a_namespace_is_sent_where_one_is_set() {
    service.namespace = Optional.of("team/a");
    assertAway(() -> custody.wrap(KEY, BOUND));
    var named =
        TransitCustody.start(
            new TransitConfig(
                service.address(), null, "scrip", null, token, null, null, null, "team/a", null),
            TIMEOUT);
    assertThat(named.unwrap(named.wrap(KEY, BOUND), BOUND)).isEqualTo(KEY);
  }

  private static String assertAway(Callable<?> call) {
    Throwable thrown = catchThrowable(call::call);
    assertThat(thrown).isExactlyInstanceOf(KeyServiceUnavailable.class);
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("canary").doesNotContain("private half");
    return String.valueOf(thrown.getMessage());
  }
}
