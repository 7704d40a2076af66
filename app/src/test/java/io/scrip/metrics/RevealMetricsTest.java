package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values given out, and nothing else, are counted. */
class RevealMetricsTest {
  private static final String NAME = "scrip.reveals";

  private final Meters meters = new Meters();
  private final RevealMetrics reveals =
      new RevealMetrics(
          meters.registry,
          new ClientClasses(
              List.of(Meters.issuer("auth0", Meters.ISSUER)),
              List.of(new ClientClassConfig("tills", Optional.of("auth0"), List.of("till-7")))));

  private double count(String view, String clients) {
    return meters.value(NAME, "client_class=" + clients, "view=" + view);
  }

  @Test
  void each_view_and_class_is_there_from_the_start() {
    assertThat(meters.names()).hasSize(6);
    assertThat(count("plain", "tills")).isZero();
    assertThat(count("masked", "other")).isZero();
  }

  @Test
  void by_view_and_class() {
    reveals.count(Meters.revealed(Meters.TILL, "plain"));
    reveals.count(Meters.revealed(Meters.TILL, "plain"));
    reveals.count(Meters.revealed(Meters.TILL, "masked"));
    assertThat(count("plain", "tills")).isEqualTo(2);
    assertThat(count("masked", "tills")).isEqualTo(1);
    assertThat(count("plain", "auth0")).isZero();
  }

  @Test
  void what_was_refused_is_none() {
    reveals.count(
        Meters.event(Action.DETOKENIZE, Meters.TILL, Outcome.REFUSED, "permission-missing"));
    reveals.count(Meters.event(Action.DETOKENIZE, Meters.TILL, Outcome.REFUSED, "plain"));
    assertThat(count("plain", "tills")).isZero();
  }

  @Test
  void other_actions_are_none() {
    for (Action action : Action.values()) {
      if (action != Action.DETOKENIZE) {
        reveals.count(Meters.event(action, Meters.TILL, Outcome.ALLOWED, "plain"));
      }
    }
    assertThat(count("plain", "tills")).isZero();
  }

  @Test
  void a_thousand_clients_of_a_thousand_issuers_make_no_new_series() {
    List<String> before = meters.names();
    IntStream.range(0, 1000)
        .mapToObj(i -> new Actor("https://canary-" + i, "canary-" + i, "canary-" + i))
        .forEach(actor -> reveals.count(Meters.revealed(actor, "plain")));
    assertThat(meters.names()).isEqualTo(before).noneMatch(name -> name.contains("canary"));
    assertThat(count("plain", "other")).isEqualTo(1000);
  }
}
