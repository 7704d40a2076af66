package io.scrip.metrics;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Property;
import io.scrip.identity.StartRefused;
import java.util.List;
import java.util.Optional;

/**
 * A class of clients that metrics tell apart, under {@code scrip.metrics.client-classes.<name>}.
 * Without any, clients are told apart by their issuer alone. A class is for alerts, not for rights:
 * putting a client into it permits nothing.
 *
 * @param name what stands in the metric's label: a lower-case letter, then up to 31 of {@code a-z
 *     0-9 -}. Anyone who can scrape reads it, so no customer's name
 * @param issuer whose clients these are: its name under {@code scrip.auth.issuers}
 * @param clients {@code azp} or {@code client_id} of their tokens, each exactly; a service
 *     account's subject
 */
@EachProperty("scrip.metrics.client-classes")
record ClientClassConfig(
    @Parameter String name,
    @Property(name = "scrip.metrics.client-classes.*.issuer") Optional<String> issuer,
    @Property(name = "scrip.metrics.client-classes.*.clients", defaultValue = "")
        List<String> clients) {

  ClientClassConfig {
    clients = clients.stream().filter(client -> !client.isBlank()).toList();
    if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
      throw new StartRefused(
          "scrip.metrics.client-classes." + name, "is a word of up to 32 of a-z 0-9 -");
    }
  }

  /** The full key of one setting of this class, for complaints. */
  String key(String setting) {
    return "scrip.metrics.client-classes." + name + "." + setting;
  }
}
