package io.scrip.auth;

import io.scrip.identity.TenantId;
import java.util.Map;
import java.util.Set;

/**
 * An issuer with its rules, checked and ready.
 *
 * @param algorithms names as they stand in {@code alg}
 * @param types in lower case
 * @param grants where the rights of its callers come from
 */
record TrustedIssuer(
    String issuer,
    String audience,
    Set<String> algorithms,
    Set<String> types,
    Grants grants,
    KeyRing keys) {

  /** Where rights come from: the token, or the configuration. */
  sealed interface Grants {
    /** The token says everything. */
    record FromClaims(String tenantClaim) implements Grants {}

    /**
     * The token says who; this table, by exact subject, says what. Who is not in it may do nothing.
     */
    record FromTable(Map<String, ServiceAccount> bySubject) implements Grants {}
  }

  /** What the configuration gives to one service account. */
  record ServiceAccount(Set<String> permissions, TenantId tenant) {
    static final ServiceAccount NOBODY = new ServiceAccount(Set.of(), TenantId.DEFAULT);
  }

  /** A cluster leaves {@code typ} out of its tokens. */
  boolean mayLackType() {
    return grants instanceof Grants.FromTable;
  }
}
