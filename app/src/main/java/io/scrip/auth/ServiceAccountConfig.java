package io.scrip.auth;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Property;
import java.util.List;
import java.util.Optional;

/**
 * What one Kubernetes service account may do, under {@code scrip.auth.service-accounts.<name>}. The
 * subject is a value and not the key, since keys lose their colons and dots on the way through
 * property sources.
 *
 * @param name the operator's word for it
 * @param subject {@code system:serviceaccount:<namespace>:<name>}, compared exactly
 * @param issuer the {@code name} of the cluster's issuer; may be left out where only one cluster is
 *     configured
 * @param permissions granted as they stand
 * @param tenant the tenant it acts for, {@code default} by default
 */
@EachProperty("scrip.auth.service-accounts")
public record ServiceAccountConfig(
    @Parameter String name,
    @Property(name = "scrip.auth.service-accounts.*.subject") Optional<String> subject,
    @Property(name = "scrip.auth.service-accounts.*.issuer") Optional<String> issuer,
    @Property(name = "scrip.auth.service-accounts.*.permissions", defaultValue = "")
        List<String> permissions,
    @Property(name = "scrip.auth.service-accounts.*.tenant", defaultValue = "default")
        String tenant) {

  public ServiceAccountConfig {
    permissions = permissions.stream().filter(permission -> !permission.isBlank()).toList();
  }

  /** The full key of one setting of this account, for complaints. */
  String key(String setting) {
    return "scrip.auth.service-accounts." + name + "." + setting;
  }
}
