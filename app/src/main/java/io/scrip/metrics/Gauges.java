package io.scrip.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.journal.Journal;
import io.scrip.vault.SpaceMeter;
import java.util.stream.Stream;

/** What is read when somebody looks. */
@Context
@Requires(missingProperty = "scrip.command")
final class Gauges {
  Gauges(MeterRegistry registry, Journal journal, SpaceMeter spaces) {
    Gauge.builder("scrip.journal.depth", journal, Journal::depth)
        .description("Entries that wait for a commit")
        .register(registry);
    Gauge.builder("scrip.journal.capacity", journal, Journal::capacity)
        .description("Entries that may wait")
        .register(registry);
    Stream.concat(SpaceMeter.builtIns(), Stream.of(SpaceMeter.CUSTOM))
        .forEach(template -> space(registry, spaces, template));
  }

  private static void space(MeterRegistry registry, SpaceMeter spaces, String template) {
    Gauge.builder("scrip.token.space.left", spaces, meter -> meter.left(template))
        .description("Share of draws that met no token, of late: 1 is an empty space, 0 a full one")
        .tag("template", template)
        .register(registry);
  }
}
