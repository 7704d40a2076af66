package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.AuditChain;
import io.scrip.audit.AuditConfig;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.TestClock;
import io.scrip.audit.TestSigner;
import io.scrip.identity.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits for a signature, and for how long. */
class ChainMetricsTest {
  private final TestClock clock = new TestClock();
  private final Meters meters = new Meters();
  private final ChainMetrics metrics = new ChainMetrics(meters.registry, clock);
  private final AuditChain first = chain("node.1");
  private final AuditChain second = chain("node.2");

  private AuditChain chain(String name) {
    return new AuditChain(name, new byte[32], clock, new TestSigner(7), AuditConfig.defaults());
  }

  private void write(AuditChain chain, int events) {
    List<ChainedEvent> written = new ArrayList<>();
    IntStream.range(0, events)
        .forEach(
            _ ->
                written.add(
                    chain.append(
                        chain.position().sequence() == 0
                            ? AuditChain.open("node")
                            : Meters.event(Action.TOKENIZE, Meters.TILL, Outcome.ALLOWED, "ok"))));
    metrics.written(written);
  }

  private double unsignedAge() {
    return meters.value("scrip.audit.unsigned.age");
  }

  private double unsigned() {
    return meters.value("scrip.audit.unsigned.events");
  }

  @Test
  void at_the_start_nothing_waits_and_nothing_was_signed() {
    assertThat(unsigned()).isZero();
    assertThat(unsignedAge()).isZero();
    assertThat(meters.value("scrip.audit.checkpoint.age")).isNaN();
  }

  @Test
  void a_group_without_events_changes_nothing() {
    metrics.written(List.of());
    assertThat(unsigned()).isZero();
    assertThat(meters.value("scrip.audit.events")).isZero();
  }

  @Test
  void what_is_written_waits_from_its_first_event_on() {
    write(first, 2);
    clock.advance(Duration.ofSeconds(30));
    write(first, 3);
    clock.advance(Duration.ofSeconds(10));
    assertThat(unsigned()).isEqualTo(5);
    assertThat(unsignedAge()).isEqualTo(40);
    assertThat(meters.value("scrip.audit.events")).isEqualTo(5);
  }

  @Test
  void a_signature_covers_all_of_its_chain_and_nothing_of_another() {
    write(first, 2);
    clock.advance(Duration.ofSeconds(5));
    write(second, 3);
    metrics.signed(first.checkpoint());
    clock.advance(Duration.ofSeconds(7));
    assertThat(unsigned()).isEqualTo(3);
    assertThat(unsignedAge()).isEqualTo(7);
    assertThat(meters.value("scrip.audit.checkpoint.age")).isEqualTo(7);
    assertThat(meters.value("scrip.audit.checkpoints")).isEqualTo(1);
  }

  @Test
  void after_a_signature_the_age_begins_with_the_next_event() {
    write(first, 1);
    metrics.signed(first.checkpoint());
    clock.advance(Duration.ofHours(1));
    assertThat(unsignedAge()).isZero();
    write(first, 1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(unsignedAge()).isEqualTo(1);
  }

  @Test
  void a_chain_that_is_left_is_counted_and_waits_no_more() {
    write(first, 2);
    metrics.abandoned(first.name());
    clock.advance(Duration.ofHours(1));
    assertThat(meters.value("scrip.audit.chains.abandoned")).isEqualTo(1);
    assertThat(unsignedAge()).isZero();
  }

  @Test
  void a_signature_that_failed_is_counted_and_its_events_go_on_waiting() {
    write(first, 2);
    metrics.notSigned();
    assertThat(meters.value("scrip.audit.checkpoint.failures")).isEqualTo(1);
    assertThat(unsigned()).isEqualTo(2);
  }

  @Test
  void a_clock_that_steps_back_gives_no_age_below_zero() {
    write(first, 1);
    clock.advance(Duration.ofSeconds(-10));
    assertThat(unsignedAge()).isZero();
  }
}
