package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.vault.RefusalListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Refusals by problem, and those of tokens by reason. */
class RefusalMetricsTest {
  private final Meters meters = new Meters();
  private final RefusalMetrics refusals = new RefusalMetrics(meters.registry);

  private double count(String problem, String reason) {
    return meters.value("scrip.refusals", "problem=" + problem, "reason=" + reason);
  }

  @Test
  void by_problem_and_reason() {
    refusals.refused("unauthorized", "expired");
    refusals.refused("unauthorized", "expired");
    refusals.refused("unauthorized", "audience");
    refusals.refused("access-denied", RefusalListener.NO_REASON);
    assertThat(count("unauthorized", "expired")).isEqualTo(2);
    assertThat(count("unauthorized", "audience")).isEqualTo(1);
    assertThat(count("access-denied", "none")).isEqualTo(1);
  }

  /** Or an alert on their increase would not see the first one. */
  @Test
  void the_alarming_ones_are_there_from_the_start() {
    assertThat(RefusalMetrics.ALARMING)
        .allSatisfy(problem -> assertThat(count(problem, "none")).isZero());
  }

  @Test
  void the_alarming_ones_are_problems_that_there_are() {
    assertThat(RefusalMetrics.ALARMING)
        .allSatisfy(problem -> assertThat(Path.of("docs", "problems", problem + ".md")).exists());
  }
}
