package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** SIGTERM right behind an answer: its sum is in the trail all the same. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class SumsDrainTest {
  private static final int SIGTERM = 128 + 15;
  private static final int VALUES = 250;

  @TempDir Path folder = Path.of("");

  @Test
  void an_instance_that_stops_in_order_has_counted_every_value_that_it_sealed() {
    try (var issuer = new Issuer()) {
      Deployment deployment = Deployment.onH2(folder, issuer);
      try (Instance instance = Instance.start(deployment)) {
        for (int i = 0; i < VALUES; i++) {
          assertThat(instance.post("/v1/encrypt", "{\"data\":\"x\"}").status()).isEqualTo(200);
        }
        instance.program().stop();
        var ended = instance.program().awaitExit();
        assertThat(ended.code()).isEqualTo(SIGTERM);
        assertThat(ended.everything()).doesNotContain(" ERROR ", "Exception");
      }
      try (Instance next = Instance.start(deployment)) {
        assertThat(sealed(Trail.of(Deployment.verifiedTrail(next)))).isEqualTo(VALUES);
      }
    }
  }

  private static long sealed(Trail trail) {
    return trail.events().stream()
        .filter(event -> event.get("action").getStringValue().equals("value.encrypt"))
        .map(event -> event.get("reason").getStringValue().replace("sealed-", ""))
        .mapToLong(Long::parseLong)
        .sum();
  }
}
