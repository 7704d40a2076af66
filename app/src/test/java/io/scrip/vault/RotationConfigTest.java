package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scrip.identity.StartRefused;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RotationConfigTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void a_key_does_not_rotate_more_often_than_each_hour() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new RotationConfig(Duration.ofMinutes(59), Duration.ZERO, HOUR, SOON))
        .withMessageContaining("scrip.rotation.kek-every");
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new RotationConfig(YEAR, Duration.ofSeconds(-1), HOUR, SOON))
        .withMessageContaining("scrip.rotation.digest-every");
    assertThat(new RotationConfig(Duration.ZERO, Duration.ZERO, HOUR, SOON).kekEvery()).isZero();
  }

  @Test
  void whoever_never_looks_never_learns_and_is_refused() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new RotationConfig(YEAR, Duration.ZERO, Duration.ZERO, SOON))
        .withMessageContaining("scrip.rotation.interval");
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new RotationConfig(YEAR, Duration.ZERO, HOUR, Duration.ZERO))
        .withMessageContaining("scrip.rotation.learn");
  }

  @Test
  void a_rekey_job_is_bounded() {
    for (int batch : new int[] {0, -1, 10_001}) {
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> new RekeyConfig(SOON, batch, Duration.ofSeconds(30), 0))
          .withMessageContaining("scrip.rekey.batch");
    }
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new RekeyConfig(SOON, 1, Duration.ofMillis(999), 0))
        .withMessageContaining("scrip.rekey.lease");
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new RekeyConfig(SOON, 1, Duration.ofSeconds(30), -1))
        .withMessageContaining("scrip.rekey.max-rows-per-second");
    assertThat(new RekeyConfig(SOON, 200, Duration.ofSeconds(30), 2_000).pause(200))
        .isEqualTo(Duration.ofMillis(100));
    assertThat(new RekeyConfig(SOON, 200, Duration.ofSeconds(30), 0).pause(200)).isZero();
  }
}
