package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.exceptions.BeanInstantiationException;
import io.scrip.identity.StartRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the custodians, as an operator writes them. */
class CustodySettingsTest {
  private static final Map<String, Object> TRANSIT =
      Map.of(
          "scrip.keys.transit.address", "https://vault.example:8200/",
          "scrip.keys.transit.key", "scrip",
          "scrip.keys.transit.token-file", "/run/token");
  private static final Map<String, Object> PKCS11 =
      Map.of(
          "scrip.keys.pkcs11.library", "/usr/lib/hsm.so",
          "scrip.keys.pkcs11.token-label", "vault",
          "scrip.keys.pkcs11.key-label", "scrip-2026",
          "scrip.keys.pkcs11.pin-file", "/run/pin");

  private static <T> T of(Class<T> type, Map<String, Object> settings) {
    Map<String, Object> values = new HashMap<>(settings);
    values.put("scrip.command", "test"); // nothing of the service starts
    try (var context = new CryptoContext(values).start()) {
      return context.getBean(type);
    }
  }

  private static Map<String, Object> with(
      Map<String, Object> settings, String setting, String value) {
    Map<String, Object> changed = new HashMap<>(settings);
    changed.remove(setting);
    if (value != null && !value.equals("-")) {
      changed.put(setting, value);
    }
    return changed;
  }

  @Test
  void nobody_but_files_is_configured_by_default() {
    assertThat(of(CustodyConfig.class, Map.of()).custody()).isEqualTo(CustodyKind.FILES);
    assertThat(of(Pkcs11Config.class, Map.of()).isConfigured()).isFalse();
    assertThat(of(TransitConfig.class, Map.of()).isConfigured()).isFalse();
    assertThat(of(CustodyConfig.class, Map.of("scrip.keys.custody", "pkcs11")).custody())
        .isEqualTo(CustodyKind.PKCS11);
  }

  @Test
  void every_setting_of_the_transit_service_is_read_by_its_name() {
    Map<String, Object> settings = new HashMap<>(TRANSIT);
    settings.remove("scrip.keys.transit.token-file");
    settings.putAll(
        Map.of(
            "scrip.keys.transit.mount", "team/transit",
            "scrip.keys.transit.older-keys", "old-1,old-2",
            "scrip.keys.transit.role", "scrip-read",
            "scrip.keys.transit.auth-mount", "k8s/eu",
            "scrip.keys.transit.service-account-token-file", "/run/sa",
            "scrip.keys.transit.namespace", "team/a",
            "scrip.keys.transit.ca-file", "/run/ca.pem"));
    TransitConfig config = of(TransitConfig.class, settings);
    assertThat(config.address()).contains(URI.create("https://vault.example:8200"));
    assertThat(config.mount()).isEqualTo("team/transit");
    assertThat(config.key()).isEqualTo("scrip");
    assertThat(config.olderKeys()).containsExactly("old-1", "old-2");
    assertThat(config.role()).contains("scrip-read");
    assertThat(config.authMount()).isEqualTo("k8s/eu");
    assertThat(config.serviceAccountTokenFile()).isEqualTo(Path.of("/run/sa"));
    assertThat(config.namespace()).contains("team/a");
    assertThat(config.caFile()).contains(Path.of("/run/ca.pem"));
  }

  @Test
  void every_setting_of_the_token_is_read_by_its_name() {
    Pkcs11Config config = of(Pkcs11Config.class, PKCS11);
    assertThat(config.library()).contains(Path.of("/usr/lib/hsm.so"));
    assertThat(config.tokenLabel()).contains("vault");
    assertThat(config.slot()).isEmpty();
    assertThat(config.keyLabel()).isEqualTo("scrip-2026");
    assertThat(config.pinFile()).isEqualTo(Path.of("/run/pin"));
    var bySlot =
        with(with(PKCS11, "scrip.keys.pkcs11.token-label", "-"), "scrip.keys.pkcs11.slot", "7");
    assertThat(of(Pkcs11Config.class, bySlot).slot()).contains(7);
  }

  @ParameterizedTest
  @CsvSource({
    "address, -, address",
    "address, http://vault.example:8200, address",
    "address, ftp://vault.example, address",
    "address, vault.example, address",
    "address, https://user:canary@vault.example, address",
    "address, https://vault.example?canary, address",
    "address, 'https://a b', address",
    "key, -, key",
    "key, a/b, key",
    "key, .., key",
    "key, 'a b', key",
    "mount, ../sys, mount",
    "mount, a/../b, mount",
    "mount, /transit, mount",
    "older-keys, a/b, older-keys",
    "token-file, -, token-file",
    "role, both, token-file",
    "auth-mount, a//b, auth-mount",
    "namespace, 'a b', namespace"
  })
  void a_setting_of_the_transit_service_that_cannot_be_is_refused_by_name(
      String setting, String value, String named) {
    assertRefused(
        TransitConfig.class,
        with(TRANSIT, "scrip.keys.transit." + setting, value),
        "scrip.keys.transit." + named);
  }

  @ParameterizedTest
  @CsvSource({
    "library, -, library",
    "library, lib.so, library",
    "library, '/lib\".so', library",
    "slot, 3, token-label",
    "token-label, -, token-label",
    "token-label, '0123456789012345678901234567890123', token-label",
    "key-label, -, key-label",
    "key-label, a b, key-label",
    "pin-file, -, pin-file"
  })
  void a_setting_of_the_token_that_cannot_be_is_refused_by_name(
      String setting, String value, String named) {
    assertRefused(
        Pkcs11Config.class,
        with(PKCS11, "scrip.keys.pkcs11." + setting, value),
        "scrip.keys.pkcs11." + named);
  }

  private static void assertRefused(Class<?> type, Map<String, Object> settings, String named) {
    assertThatThrownBy(() -> of(type, settings))
        .isInstanceOf(BeanInstantiationException.class)
        .rootCause()
        .isExactlyInstanceOf(StartRefused.class)
        .hasMessageStartingWith(named + ": ")
        .message()
        .doesNotContain("canary");
  }
}
