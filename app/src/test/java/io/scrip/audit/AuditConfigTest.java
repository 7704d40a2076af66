package io.scrip.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micronaut.context.ApplicationContext;
import io.scrip.identity.StartRefused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditConfigTest {
  @Test
  void the_defaults_are_a_thousand_events_or_a_minute() {
    assertThat(read(Map.of())).isEqualTo("10000 PT1M");
    assertThat(AuditConfig.defaults().checkpointEvents()).isEqualTo(10_000);
    assertThat(AuditConfig.defaults().checkpointInterval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void settings_are_read() {
    assertThat(
            read(
                Map.of(
                    "scrip.audit.checkpoint-events", 5, "scrip.audit.checkpoint-interval", "10s")))
        .isEqualTo("5 PT10S");
  }

  @Test
  void what_is_not_positive_is_refused_by_its_key() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new AuditConfig(0, Duration.ofMinutes(1)))
        .withMessageStartingWith("scrip.audit.checkpoint-events:");
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new AuditConfig(1, Duration.ZERO))
        .withMessageStartingWith("scrip.audit.checkpoint-interval:");
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new AuditConfig(1, Duration.ofSeconds(-1)));
  }

  /** A context of the configuration alone: the database and the server stay out of it. */
  private static String read(Map<String, Object> settings) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .properties(settings)
            .properties(Map.of("scrip.command", "test"))
            .deduceEnvironment(false)
            .enableDefaultPropertySources(false)
            .start()) {
      AuditConfig config = context.getBean(AuditConfig.class);
      return config.checkpointEvents() + " " + config.checkpointInterval();
    }
  }
}
