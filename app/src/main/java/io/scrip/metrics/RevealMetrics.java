package io.scrip.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.identity.Action;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts values that were given out, by view and class of client. Every pair has its counter from
 * the start, so there are never more than twice as many as classes.
 */
@Singleton
final class RevealMetrics {
  /** As the audit trail says it. */
  private static final List<String> VIEWS = List.of("plain", "masked");

  private final ClientClasses classes;
  private final Map<Reveal, Counter> counters = new HashMap<>();

  RevealMetrics(MeterRegistry registry, ClientClasses classes) {
    this.classes = classes;
    for (String view : VIEWS) {
      for (String clients : classes.names()) {
        counters.put(new Reveal(view, clients), counter(registry, view, clients));
      }
    }
  }

  private static Counter counter(MeterRegistry registry, String view, String clients) {
    return Counter.builder("scrip.reveals")
        .description("Values that were given out")
        .tag("view", view)
        .tag("client_class", clients)
        .register(registry);
  }

  void count(AuditEvent event) {
    if (event.action() == Action.DETOKENIZE && event.outcome() == Outcome.ALLOWED) {
      Counter counter = counters.get(new Reveal(event.reason(), classes.of(event.actor())));
      if (counter != null) {
        counter.increment();
      }
    }
  }

  private record Reveal(String view, String clients) {}
}
