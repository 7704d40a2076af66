package io.scrip.crypto;

import static io.scrip.crypto.TestKeys.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf(
    value = "io.scrip.crypto.SoftHsm#isHere",
    disabledReason = "it needs the Debian package softhsm2")
class Pkcs11CustodyTest extends CustodyContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final String label = SoftHsm.freshLabel();
  private SoftHsm hsm;
  private Pkcs11Custody custody;

  @BeforeEach
  void prepare() throws Exception {
    hsm = SoftHsm.get();
    custody = made(label);
  }

  private Pkcs11Custody made(String keyLabel) {
    try {
      Pkcs11Custody.generate(hsm.config(keyLabel), TIMEOUT);
      return start(hsm.config(keyLabel));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pkcs11Custody start(Pkcs11Config config) {
    return Pkcs11Custody.start(config, TIMEOUT, RANDOM);
  }

  @Override
  CustodyKind kind() {
    return CustodyKind.PKCS11;
  }

  @Override
  Custody custody() {
    return custody;
  }

  @Override
  Custody rotated() {
    return made(SoftHsm.freshLabel());
  }

  /** Every key of the token opens, so another root is one that is not on it. */
  @Override
  Custody stranger() {
    return new Custody() {
      private final Custody other = made(SoftHsm.freshLabel());

      @Override
      public byte[] wrap(byte[] key, byte[] associatedData) {
        return other.wrap(key, associatedData);
      }

      @Override
      public byte[] unwrap(byte[] wrapped, byte[] associatedData) {
        byte[] renamed = wrapped.clone();
        renamed[2] = 'x'; // a label that the token does not have
        return other.unwrap(renamed, associatedData);
      }

      @Override
      public String rootId() {
        return other.rootId();
      }

      @Override
      public boolean covers(byte[] wrapped) {
        return other.covers(wrapped);
      }
    };
  }

  @Test
  void the_layout_is_as_it_is_written_down() {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    assertThat(wrapped).hasSize(1 + 1 + label.length() + 12 + KEY.length + 16);
    assertThat(wrapped[1]).isEqualTo((byte) label.length());
    assertThat(new String(wrapped, 2, label.length())).isEqualTo(label);
    assertThat(custody.rootId()).isEqualTo("pkcs11:" + label);
  }

  @Test
  void the_slot_can_be_named_instead_of_the_tokens_label() throws Exception {
    int slot = new Pkcs11Library(hsm.library()).slots(SoftHsm.LABEL).getFirst().intValue();
    var config = new Pkcs11Config(hsm.library(), slot, null, label, hsm.pinFile(SoftHsm.PIN));
    assertThat(start(config).unwrap(custody.wrap(KEY, BOUND), BOUND)).isEqualTo(KEY);
  }

  @Test
  void a_key_is_never_made_twice() throws Exception {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    var config = hsm.config(label);
    assertRefused(() -> Pkcs11Custody.generate(config, TIMEOUT), Pkcs11Config.KEY_LABEL);
    assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "256 | CKA_SENSITIVE=true CKA_EXTRACTABLE=true",
        "256 | CKA_SENSITIVE=false CKA_EXTRACTABLE=true",
        "256 | CKA_SENSITIVE=false CKA_EXTRACTABLE=false",
        "128 | CKA_SENSITIVE=true CKA_EXTRACTABLE=false",
        "192 | CKA_SENSITIVE=true CKA_EXTRACTABLE=false"
      })
  void a_key_that_could_leave_the_token_or_is_too_small_is_refused(int bits, String attributes)
      throws Exception {
    String bad = SoftHsm.freshLabel();
    hsm.badKey(bad, bits, attributes.replace(" ", "\n"));
    var config = hsm.config(bad);
    assertRefused(() -> start(config), Pkcs11Config.KEY_LABEL);
  }

  @Test
  void a_key_that_is_not_there_and_a_token_that_is_not_there_are_refused() throws Exception {
    var noKey = hsm.config("scrip-none");
    assertRefused(() -> start(noKey), Pkcs11Config.KEY_LABEL);
    Path pin = hsm.pinFile(SoftHsm.PIN);
    var noToken = new Pkcs11Config(hsm.library(), null, "none", label, pin);
    assertRefused(() -> start(noToken), Pkcs11Config.TOKEN_LABEL);
    var noLibrary = new Pkcs11Config(Path.of("/nowhere/lib.so"), null, "x", label, pin);
    assertRefused(() -> start(noLibrary), Pkcs11Config.LIBRARY);
    var otherLibrary = new Pkcs11Config(pin, null, "x", label, pin);
    assertRefused(() -> start(otherLibrary), Pkcs11Config.LIBRARY);
  }

  @Test
  void a_wrong_pin_and_a_pin_that_others_can_read_are_refused_and_never_shown() throws Exception {
    new Pkcs11Library(hsm.library()).restart(); // a process that is logged in is asked for no PIN
    Path wrong = hsm.pinFile("canary-wrong-pin");
    var wrongPin = new Pkcs11Config(hsm.library(), null, SoftHsm.LABEL, label, wrong);
    assertRefused(() -> start(wrongPin), Pkcs11Config.PIN_FILE);
    Path open = hsm.pinFile(SoftHsm.PIN);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    var openPin = new Pkcs11Config(hsm.library(), null, SoftHsm.LABEL, label, open);
    assertRefused(() -> start(openPin), Pkcs11Config.PIN_FILE);
    var noPin = new Pkcs11Config(hsm.library(), null, SoftHsm.LABEL, label, Path.of("/nowhere"));
    assertRefused(() -> start(noPin), Pkcs11Config.PIN_FILE);
  }

  @Test
  void a_token_that_is_away_is_said_to_be_and_is_used_again_when_it_is_back() throws Exception {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    hsm.goAway();
    try {
      for (int i = 0; i < 2; i++) {
        assertAway(() -> custody.unwrap(wrapped, BOUND));
        assertAway(() -> custody.wrap(KEY, BOUND));
      }
    } finally {
      hsm.comeBack();
    }
    assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(KEY);
    assertThat(custody.unwrap(custody.wrap(KEY, BOUND), BOUND)).isEqualTo(KEY);
  }

  @Test
  void a_session_that_the_library_ended_is_opened_again() {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    new Pkcs11Library(hsm.library()).restart();
    assertAway(() -> custody.unwrap(wrapped, BOUND));
    assertThat(custody.unwrap(wrapped, BOUND)).isEqualTo(KEY);
  }

  @Test
  void a_pin_that_was_refused_is_not_tried_again_until_its_file_changes() throws Exception {
    Path pin = hsm.pinFile(SoftHsm.PIN);
    var own = start(new Pkcs11Config(hsm.library(), null, SoftHsm.LABEL, label, pin));
    byte[] wrapped = own.wrap(KEY, BOUND);
    Files.writeString(pin, "canary-wrong-pin");
    new Pkcs11Library(hsm.library()).restart();
    assertAway(() -> own.unwrap(wrapped, BOUND)); // the session was ended
    assertThat(away(() -> own.unwrap(wrapped, BOUND))).contains("does not take the PIN");
    for (int i = 0; i < 20; i++) {
      assertThat(away(() -> own.unwrap(wrapped, BOUND))).contains("not tried again");
    }
    Files.writeString(pin, SoftHsm.PIN);
    Files.setLastModifiedTime(pin, FileTime.fromMillis(1));
    assertThat(own.unwrap(wrapped, BOUND)).isEqualTo(KEY);
  }

  @Test
  void many_callers_at_once_are_all_served() throws Exception {
    byte[] wrapped = custody.wrap(KEY, BOUND);
    List<Callable<byte[]>> calls = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      calls.add(() -> custody.unwrap(wrapped, BOUND));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(KEY);
      }
    }
  }

  private static void assertAway(Callable<?> call) {
    assertThat(away(call)).isNotEmpty();
  }

  private static String away(Callable<?> call) {
    var thrown = catchThrowable(call::call);
    assertThat(thrown).isExactlyInstanceOf(KeyServiceUnavailable.class);
    assertNoPin(thrown);
    return String.valueOf(thrown.getMessage());
  }

  private interface Start {
    void run() throws Exception;
  }

  private static void assertRefused(Start start, String setting) {
    assertThatThrownBy(start::run)
        .isExactlyInstanceOf(StartRefused.class)
        .hasMessageStartingWith(setting + ": ")
        .satisfies(Pkcs11CustodyTest::assertNoPin);
  }

  private static void assertNoPin(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("canary");
  }
}
