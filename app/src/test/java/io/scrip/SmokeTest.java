package io.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void runs_on_25() throws Exception {
    assertThat(Runtime.version().feature()).isEqualTo(25);
    try (var pg = EmbeddedPostgres.start()) {
      assertThat(pg.getPort()).isPositive();
    }
  }
}
