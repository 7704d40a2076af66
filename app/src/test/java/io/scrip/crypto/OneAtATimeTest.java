package io.scrip.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OneAtATimeTest {
  private final OneAtATime calls = new OneAtATime("test", Duration.ofMillis(50));

  @Test
  void a_call_that_hangs_is_given_up_and_those_behind_it_too_until_it_ends() throws Exception {
    var hangs = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    assertAway(
        () -> {
          hangs.await();
          done.countDown();
          return "late";
        });
    for (int i = 0; i < 100; i++) {
      assertAway(() -> "behind");
    }
    hangs.countDown();
    done.await();
    assertThat(new OneAtATime("test", Duration.ofSeconds(20)).call(() -> "next")).isEqualTo("next");
  }

  @Test
  void what_was_given_up_before_it_began_is_never_done() throws Exception {
    var hangs = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    assertAway(() -> hangs.await(1, TimeUnit.HOURS));
    assertAway(
        () -> {
          begun.countDown();
          return true;
        });
    hangs.countDown();
    assertThat(begun.getCount()).isEqualTo(1);
  }

  @Test
  void a_failure_is_its_callers() {
    var patient = new OneAtATime("test", Duration.ofSeconds(20));
    assertThatThrownBy(
            () ->
                patient.call(
                    () -> {
                      throw new CryptoException.WillNotOpen();
                    }))
        .isExactlyInstanceOf(CryptoException.WillNotOpen.class);
    assertThatThrownBy(
            () ->
                patient.call(
                    () -> {
                      throw new IOException("gone");
                    }))
        .isExactlyInstanceOf(KeyServiceUnavailable.class);
    assertThat(patient.call(() -> 1)).isEqualTo(1);
  }

  private void assertAway(Callable<?> work) {
    assertThatThrownBy(() -> calls.call(work)).isExactlyInstanceOf(KeyServiceUnavailable.class);
  }
}
