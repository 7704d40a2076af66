package io.scrip.metrics;

import io.scrip.auth.IssuerConfig;
import io.scrip.identity.Actor;
import io.scrip.identity.StartRefused;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which class of clients an actor belongs to: the one that the configuration puts it in, else the
 * operator's word for its issuer. So a metric can tell classes apart and never names a client.
 */
@Singleton
final class ClientClasses {
  /** Where the issuer is none of the configured ones, as in a trail that tests made. */
  static final String OTHER = "other";

  /** Each class is four series in every scrape of every instance. */
  static final int MAX_CLASSES = 32;

  private static final String PREFIX = "scrip.metrics.client-classes";

  private final Map<String, String> nicks = new HashMap<>();
  private final Map<Client, String> classes = new HashMap<>();

  /**
   * @throws StartRefused when there are too many classes, or a client is in two
   */
  ClientClasses(List<IssuerConfig> issuers, List<ClientClassConfig> configured) {
    if (configured.size() > MAX_CLASSES) {
      throw new StartRefused(PREFIX, "takes up to " + MAX_CLASSES + " classes");
    }
    issuers.forEach(issuer -> issuer.issuer().ifPresent(name -> nicks.put(name, issuer.name())));
    configured.forEach(each -> add(each, issuers));
  }

  private void add(ClientClassConfig configured, List<IssuerConfig> issuers) {
    String issuer = issuerOf(configured, issuers);
    for (String client : configured.clients()) {
      if (classes.putIfAbsent(new Client(issuer, client), configured.name()) != null) {
        throw new StartRefused(configured.key("clients"), "names a client twice");
      }
    }
  }

  private static String issuerOf(ClientClassConfig configured, List<IssuerConfig> issuers) {
    return issuers.stream()
        .filter(issuer -> configured.issuer().filter(issuer.name()::equals).isPresent())
        .findFirst()
        .flatMap(IssuerConfig::issuer)
        .orElseThrow(
            () ->
                new StartRefused(
                    configured.key("issuer"), "takes a name from under scrip.auth.issuers"));
  }

  /** Every word that {@link #of} can answer. */
  Set<String> names() {
    Set<String> names = new HashSet<>(classes.values());
    names.addAll(nicks.values());
    names.add(OTHER);
    return new TreeSet<>(names);
  }

  String of(Actor actor) {
    String configured = classes.get(new Client(actor.issuer(), actor.client()));
    return configured == null ? nicks.getOrDefault(actor.issuer(), OTHER) : configured;
  }

  private record Client(String issuer, String id) {}
}
