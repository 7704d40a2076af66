package io.scrip.auth;

import io.scrip.auth.TrustedIssuer.Grants.FromClaims;
import io.scrip.auth.TrustedIssuer.Grants.FromTable;
import io.scrip.auth.TrustedIssuer.ServiceAccount;
import io.scrip.identity.Actor;
import io.scrip.identity.Caller;
import io.scrip.identity.TenantId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Turns the claims of a verified token into a caller. Claims are data: compared exactly, never a
 * pattern.
 */
final class CallerReader {
  /** Auth0's and Kubernetes' subjects stay well below; the audit trail keeps them whole. */
  private static final int MAX_SUBJECT_LENGTH = 256;

  private static final int MAX_TENANT_LENGTH = 128;

  private CallerReader() {}

  static Caller read(TrustedIssuer issuer, Claims claims) {
    String subject =
        claims.identifier("sub", MAX_SUBJECT_LENGTH).orElseThrow(Refusal.SUBJECT::because);
    return switch (issuer.grants()) {
      case FromClaims(String tenantClaim) ->
          new Caller(
              new Actor(issuer.issuer(), subject, client(claims, subject)),
              tenant(claims, tenantClaim),
              permissions(claims));
      case FromTable(var accounts) -> {
        ServiceAccount account = accounts.getOrDefault(subject, ServiceAccount.NOBODY);
        yield new Caller(
            new Actor(issuer.issuer(), subject, subject), account.tenant(), account.permissions());
      }
    };
  }

  /** Auth0's own profile says {@code azp}, RFC 9068 says {@code client_id}. */
  private static String client(Claims claims, String subject) {
    return claims
        .identifier("azp", MAX_SUBJECT_LENGTH)
        .or(() -> claims.identifier("client_id", MAX_SUBJECT_LENGTH))
        .orElse(subject);
  }

  private static TenantId tenant(Claims claims, String tenantClaim) {
    return claims
        .identifier(tenantClaim, MAX_TENANT_LENGTH)
        .map(TenantId::new)
        .orElse(TenantId.DEFAULT);
  }

  /** RFC 6749, section 3.3: {@code scope} is parted by single spaces; nothing else parts it. */
  private static Set<String> permissions(Claims claims) {
    Set<String> union = new HashSet<>(claims.texts("permissions"));
    claims.text("scope").ifPresent(scope -> union.addAll(Arrays.asList(scope.split(" ", -1))));
    union.remove("");
    return union;
  }
}
