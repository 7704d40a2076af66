package io.scrip.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.identity.Action;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts the decisions that are in the audit trail, by action, outcome and reason. All three are
 * words of the program; none is a caller's.
 */
@Singleton
final class DecisionMetrics {
  /** A row that someone or something has changed. */
  static final String WILL_NOT_OPEN = "will-not-open";

  /** Every draw met a token that exists. */
  static final String SPACE_EXHAUSTED = "token-space-exhausted";

  /** The actions that open a record or verify its row. */
  private static final Set<Action> OPENING =
      EnumSet.of(Action.TOKENIZE, Action.DETOKENIZE, Action.LOOKUP, Action.SEARCH, Action.RENEW);

  private final MeterRegistry registry;
  private final ConcurrentMap<Decision, Counter> counters = new ConcurrentHashMap<>();

  /** Counters of what is alarming from the first time on are there before it, or it goes unseen. */
  DecisionMetrics(MeterRegistry registry) {
    this.registry = registry;
    OPENING.forEach(action -> counter(refused(action, WILL_NOT_OPEN)));
    counter(refused(Action.TOKENIZE, SPACE_EXHAUSTED));
  }

  void count(AuditEvent event) {
    counter(new Decision(event.action().word(), event.outcome().word(), event.reason()))
        .increment();
  }

  private static Decision refused(Action action, String reason) {
    return new Decision(action.word(), Outcome.REFUSED.word(), reason);
  }

  private Counter counter(Decision decision) {
    return counters.computeIfAbsent(decision, this::register);
  }

  private Counter register(Decision decision) {
    return Counter.builder("scrip.decisions")
        .description("Decisions that are in the audit trail")
        .tag("action", decision.action)
        .tag("outcome", decision.outcome)
        .tag("reason", decision.reason)
        .register(registry);
  }

  private record Decision(String action, String outcome, String reason) {}
}
