package io.scrip.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scrip.audit.AuditEvent;
import io.scrip.auth.IssuerConfig;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A registry in memory, and events to count. */
final class Meters {
  static final String ISSUER = "https://tenant.example.auth0.com/";
  static final Actor TILL = new Actor(ISSUER, "till-7@clients", "till-7");

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** The value of the one meter with this name and these tags, {@code key=value}. */
  double value(String name, String... tags) {
    List<Meter> found =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().equals(name))
            .filter(meter -> List.of(tags).equals(tags(meter)))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + name + List.of(tags) + " in " + names());
    }
    return found.getFirst().measure().iterator().next().getValue();
  }

  List<String> names() {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getName() + tags(meter))
        .sorted()
        .toList();
  }

  private static List<String> tags(Meter meter) {
    return meter.getId().getTags().stream().map(Meters::text).collect(Collectors.toList());
  }

  private static String text(Tag tag) {
    return tag.getKey() + "=" + tag.getValue();
  }

  static IssuerConfig issuer(String nick, String issuer) {
    return new IssuerConfig(
        nick,
        Optional.of(issuer),
        Optional.empty(),
        Optional.empty(),
        IssuerConfig.Kind.OAUTH,
        List.of("RS256"),
        List.of("JWT"),
        "org_id",
        Optional.empty(),
        Optional.empty());
  }

  static AuditEvent event(Action action, Actor actor, AuditEvent.Outcome outcome, String reason) {
    return new AuditEvent(
        action,
        actor,
        new TenantId("canary-tenant"),
        outcome,
        reason,
        Optional.of("canary-template"),
        Optional.empty(),
        Optional.empty(),
        Optional.of("canary-purpose"),
        new RequestId("canary-request"));
  }

  static AuditEvent revealed(Actor actor, String view) {
    return event(Action.DETOKENIZE, actor, AuditEvent.Outcome.ALLOWED, view);
  }
}
