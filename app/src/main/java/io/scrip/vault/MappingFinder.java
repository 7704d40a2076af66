package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.format.OpaqueFormat;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.identity.Token;
import io.scrip.journal.Transaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the rows that callers name, all of a group's in one go, and says of each whether it still
 * answers.
 */
@Singleton
final class MappingFinder {
  static final String REVOKED = "revoked";

  private final MappingStore store;
  private final Digests digests;

  MappingFinder(MappingStore store, Digests digests) {
    this.store = store;
    this.digests = digests;
  }

  /** Computes what to look for, off the journal's thread. */
  Target target(TenantId tenant, TokenRef ref) {
    return switch (ref) {
      case TokenRef.ByToken(Token token) -> byToken(tenant, token);
      case TokenRef.ByName(String name) ->
          new Target(
              Kind.NAME,
              digests.digest(Purpose.NAME, tenant, name.getBytes(StandardCharsets.UTF_8)));
    };
  }

  private Target byToken(TenantId tenant, Token token) {
    Kind kind =
        OpaqueFormat.isMistyped(token.text(PlaintextAccess.GRANTED)) ? Kind.MISTYPED : Kind.TOKEN;
    return new Target(
        kind, digests.digest(Purpose.TOKEN, tenant, token.utf8(PlaintextAccess.GRANTED)));
  }

  /**
   * @return a finding for each target, in order
   */
  List<Finding> find(Transaction tx, Catalog.Snapshot catalog, List<Target> targets) {
    Map<LookupDigest, StoredMapping> byToken = store.findByToken(tx, digests(targets, Kind.TOKEN));
    Map<LookupDigest, StoredMapping> byName = store.findByName(tx, digests(targets, Kind.NAME));
    return targets.stream()
        .map(
            target ->
                switch (target.kind) {
                  case TOKEN -> finding(catalog, byToken.get(target.digest));
                  case NAME -> finding(catalog, byName.get(target.digest));
                  case MISTYPED -> new Finding.Gone("mistyped", Optional.empty());
                })
        .toList();
  }

  /** Whether a row that was found still answers. */
  static Finding finding(
      Catalog.Snapshot catalog, @org.jspecify.annotations.Nullable StoredMapping found) {
    if (found == null) {
      return new Finding.Gone("unknown", Optional.empty());
    }
    Mapping row = found.mapping();
    return switch (found.state()) {
      case REVOKED -> new Finding.Gone(REVOKED, Optional.of(row));
      case EXPIRED -> new Finding.Gone("expired", Optional.of(row));
      case LIVE ->
          catalog.isMarked(row)
              ? new Finding.Gone(REVOKED, Optional.of(row))
              : new Finding.Live(row);
    };
  }

  private static Set<LookupDigest> digests(List<Target> targets, Kind kind) {
    return targets.stream()
        .filter(target -> target.kind == kind)
        .map(Target::digest)
        .collect(Collectors.toSet());
  }

  /** What to look for. */
  record Target(Kind kind, LookupDigest digest) {
    /** For the audit trail: a name's digest is no token's. */
    Events note(Events events) {
      return kind == Kind.NAME ? events : events.about(digest);
    }
  }

  enum Kind {
    TOKEN,
    NAME,
    /** Its own check characters say that it was never given out, so nothing is looked up. */
    MISTYPED
  }

  /** What was found. */
  sealed interface Finding {
    record Live(Mapping row) implements Finding {}

    /**
     * @param reason for the audit trail; the caller is told the same whatever it is
     */
    record Gone(String reason, Optional<Mapping> row) implements Finding {}
  }
}
