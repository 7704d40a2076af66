package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.scrip.audit.AuditChain;
import io.scrip.audit.AuditConfig;
import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.TestClock;
import io.scrip.audit.TestSigner;
import io.scrip.identity.Action;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A group is timed, and each of its events counted once. */
class JournalMetricsTest {
  private final TestClock clock = new TestClock();
  private final Meters meters = new Meters();
  private final JournalMetrics metrics =
      new JournalMetrics(
          meters.registry,
          new DecisionMetrics(meters.registry),
          new RevealMetrics(
              meters.registry,
              new ClientClasses(List.of(Meters.issuer("auth0", Meters.ISSUER)), List.of())),
          new ChainMetrics(meters.registry, clock));
  private final AuditChain chain =
      new AuditChain("node.1", new byte[32], clock, new TestSigner(7), AuditConfig.defaults());

  private void commit(Duration took, AuditEvent... events) {
    List<ChainedEvent> written =
        Stream.concat(
                chain.position().sequence() == 0
                    ? Stream.of(AuditChain.open("node"))
                    : Stream.<AuditEvent>of(),
                Stream.of(events))
            .map(chain::append)
            .toList();
    metrics.committed(events.length, written, took);
  }

  private double decisions(String action, String outcome, String reason) {
    return meters.value(
        "scrip.decisions", "action=" + action, "outcome=" + outcome, "reason=" + reason);
  }

  @Test
  void decisions_by_action_outcome_and_reason() {
    commit(
        Duration.ofMillis(3),
        Meters.event(Action.TOKENIZE, Meters.TILL, Outcome.ALLOWED, "ok"),
        Meters.event(Action.TOKENIZE, Meters.TILL, Outcome.ALLOWED, "ok"),
        Meters.event(Action.DETOKENIZE, Meters.TILL, Outcome.REFUSED, "unknown"));
    assertThat(decisions("token.tokenize", "allowed", "ok")).isEqualTo(2);
    assertThat(decisions("token.detokenize", "refused", "unknown")).isEqualTo(1);
    assertThat(decisions("chain.open", "allowed", "ok")).isEqualTo(1);
    assertThat(meters.value("scrip.audit.events")).isEqualTo(4);
  }

  @Test
  void reveals_are_decisions_as_well() {
    commit(Duration.ofMillis(3), Meters.revealed(Meters.TILL, "plain"));
    assertThat(decisions("token.detokenize", "allowed", "plain")).isEqualTo(1);
    assertThat(meters.value("scrip.reveals", "client_class=auth0", "view=plain")).isEqualTo(1);
  }

  @Test
  void a_changed_row_and_a_full_space_have_their_counters_before_the_first_one() {
    assertThat(decisions("token.detokenize", "refused", "will-not-open")).isZero();
    assertThat(decisions("token.tokenize", "refused", "will-not-open")).isZero();
    assertThat(decisions("token.tokenize", "refused", "token-space-exhausted")).isZero();
  }

  @Test
  void commits_are_timed_into_few_buckets() {
    commit(Duration.ofMillis(3), Meters.revealed(Meters.TILL, "plain"));
    Timer timer = meters.registry.get("scrip.journal.commit").timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
    assertThat(timer.takeSnapshot().histogramCounts()).hasSize(12);
  }

  @Test
  void failures_are_counted_and_not_timed() {
    metrics.failed(7);
    assertThat(meters.value("scrip.journal.failures")).isEqualTo(1);
    assertThat(meters.registry.get("scrip.journal.commit").timer().count()).isZero();
  }

  @Test
  void a_signature_is_heard_of() {
    commit(Duration.ofMillis(3), Meters.revealed(Meters.TILL, "plain"));
    metrics.signed(chain.checkpoint());
    metrics.notSigned();
    metrics.abandoned("node.2");
    assertThat(meters.value("scrip.audit.checkpoints")).isEqualTo(1);
    assertThat(meters.value("scrip.audit.checkpoint.failures")).isEqualTo(1);
    assertThat(meters.value("scrip.audit.chains.abandoned")).isEqualTo(1);
  }

  @Test
  void nothing_of_an_event_but_its_words_is_in_a_meter() {
    commit(
        Duration.ofMillis(3),
        Meters.event(Action.SEARCH, Meters.TILL, Outcome.REFUSED, "budget-exhausted"),
        Meters.revealed(Meters.TILL, "masked"));
    assertThat(meters.names())
        .noneMatch(name -> name.contains("canary") || name.contains("till-7"))
        .noneMatch(name -> name.contains(Meters.ISSUER) || name.contains("node.1"));
  }
}
