package io.scrip.auth;

import io.scrip.auth.IssuerConfig.Kind;
import io.scrip.auth.TrustedIssuer.ServiceAccount;
import io.scrip.identity.StartRefused;
import io.scrip.identity.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configured service accounts, by cluster: the same subject in another cluster is somebody
 * else.
 */
final class ServiceAccounts {
  private final Map<String, Map<String, ServiceAccount>> byCluster = new HashMap<>();

  ServiceAccounts(List<IssuerConfig> issuers, List<ServiceAccountConfig> accounts) {
    List<String> clusters =
        issuers.stream()
            .filter(issuer -> issuer.kind() == Kind.KUBERNETES)
            .map(IssuerConfig::name)
            .toList();
    for (ServiceAccountConfig account : accounts) {
      add(cluster(account, clusters), account);
    }
  }

  Map<String, ServiceAccount> of(IssuerConfig cluster) {
    return Map.copyOf(byCluster.getOrDefault(cluster.name(), Map.of()));
  }

  private void add(String cluster, ServiceAccountConfig account) {
    String subject =
        account
            .subject()
            .filter(text -> text.matches("system:serviceaccount:[^:]+:[^:]+"))
            .orElseThrow(
                () ->
                    new StartRefused(
                        account.key("subject"), "takes system:serviceaccount:<namespace>:<name>"));
    ServiceAccount rights = new ServiceAccount(Set.copyOf(account.permissions()), tenant(account));
    if (byCluster.computeIfAbsent(cluster, _ -> new HashMap<>()).putIfAbsent(subject, rights)
        != null) {
      throw new StartRefused(account.key("subject"), "is configured twice");
    }
  }

  private static String cluster(ServiceAccountConfig account, List<String> clusters) {
    if (account.issuer().isEmpty() && clusters.size() == 1) {
      return clusters.getFirst();
    }
    return account
        .issuer()
        .filter(clusters::contains)
        .orElseThrow(
            () -> new StartRefused(account.key("issuer"), "names no issuer of kind kubernetes"));
  }

  private static TenantId tenant(ServiceAccountConfig account) {
    try {
      return new TenantId(account.tenant());
    } catch (IllegalArgumentException e) {
      throw new StartRefused(account.key("tenant"), "takes 1 to 128 characters");
    }
  }
}
