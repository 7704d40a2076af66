package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.exceptions.BeanInstantiationException;
import io.scrip.identity.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyConfigTest {
  private static KeyConfig of(Map<String, Object> settings) {
    Map<String, Object> values = new HashMap<>(settings);
    values.put("scrip.command", "test"); // nothing of the service starts
    try (var context = new CryptoContext(values).start()) {
      return context.getBean(KeyConfig.class);
    }
  }

  @Test
  void defaults() {
    for (KeyConfig config : new KeyConfig[] {KeyConfig.DEFAULT, of(Map.of())}) {
      assertThat(config.sealRoots()).isEmpty();
      assertThat(config.digestRoots()).isEmpty();
      assertThat(config.developmentRoot()).isEmpty();
      assertThat(config.developmentFolder()).isEqualTo(Path.of("data"));
      assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
      assertThat(config.dataKeyLimits())
          .isEqualTo(new DataKeyLimits(1L << 32, 1L << 36, Duration.ofHours(24)));
      assertThat(config.maxOpenedKeys()).isEqualTo(1_000);
      assertThat(config.maxOpenedAge()).isEqualTo(Duration.ofMinutes(10));
    }
  }

  @Test
  void every_setting_is_read_by_its_name() {
    KeyConfig config =
        of(
            Map.of(
                "scrip.keys.seal-roots", "/keys/seal",
                "scrip.keys.digest-roots", "/keys/digest",
                "scrip.keys.development-root", "false",
                "scrip.keys.development-folder", "elsewhere",
                "scrip.keys.timeout", "2s",
                "scrip.keys.data-key-max-records", "1000",
                "scrip.keys.data-key-max-bytes", "2000000",
                "scrip.keys.data-key-max-age", "1h",
                "scrip.keys.max-opened-keys", "5",
                "scrip.keys.max-opened-age", "30s"));
    assertThat(config.sealRoots()).contains(Path.of("/keys/seal"));
    assertThat(config.digestRoots()).contains(Path.of("/keys/digest"));
    assertThat(config.developmentRoot()).contains(false);
    assertThat(config.developmentFolder()).isEqualTo(Path.of("elsewhere"));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.dataKeyLimits())
        .isEqualTo(new DataKeyLimits(1_000, 2_000_000, Duration.ofHours(1)));
    assertThat(config.maxOpenedKeys()).isEqualTo(5);
    assertThat(config.maxOpenedAge()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "timeout,0s",
    "timeout,61s",
    "data-key-max-records,0",
    "data-key-max-records,4294967297",
    "data-key-max-records,-1",
    "data-key-max-bytes,1048575",
    "data-key-max-bytes,68719476737",
    "data-key-max-age,0s",
    "data-key-max-age,91d",
    "max-opened-keys,0",
    "max-opened-keys,100001",
    "max-opened-age,0s",
    "max-opened-age,25h"
  })
  void a_setting_out_of_bounds_is_refused_by_name(String name, String value) {
    assertThatThrownBy(() -> of(Map.of("scrip.keys." + name, value)))
        .isInstanceOf(BeanInstantiationException.class)
        .hasRootCauseInstanceOf(StartRefused.class)
        .rootCause()
        .hasMessageStartingWith("scrip.keys." + name + ": ");
  }
}
