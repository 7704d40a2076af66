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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    List<Integer> versions = digests.versions();
    return switch (ref) {
      case TokenRef.ByToken(Token token) -> {
        byte[] utf8 = token.utf8(PlaintextAccess.GRANTED);
        yield new Target(
            kind(token), tenant, ref, versions, digests.each(Purpose.TOKEN, tenant, utf8));
      }
      case TokenRef.ByName(String name) -> {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        yield new Target(
            Kind.NAME, tenant, ref, versions, digests.each(Purpose.NAME, tenant, utf8));
      }
    };
  }

  private static Kind kind(Token token) {
    return OpaqueFormat.isMistyped(token.text(PlaintextAccess.GRANTED))
        ? Kind.MISTYPED
        : Kind.TOKEN;
  }

  /** The target by the keys that are in force now. */
  private Target upToDate(List<Integer> versions, Target target) {
    return target.versions.equals(versions) ? target : target(target.tenant, target.ref);
  }

  /**
   * @return a finding for each target, in order
   */
  List<Finding> find(Transaction tx, Catalog.Snapshot catalog, List<Target> targets) {
    List<Integer> versions = catalog.keys().digestVersions();
    List<Target> current = targets.stream().map(target -> upToDate(versions, target)).toList();
    Map<LookupDigest, StoredMapping> byToken = store.findByToken(tx, digests(current, Kind.TOKEN));
    Map<LookupDigest, StoredMapping> byName = store.findByName(tx, digests(current, Kind.NAME));
    return current.stream()
        .map(
            target ->
                switch (target.kind) {
                  case TOKEN -> finding(catalog, target.in(byToken));
                  case NAME -> finding(catalog, target.in(byName));
                  case MISTYPED -> new Finding.Gone("mistyped", Optional.empty());
                })
        .toList();
  }

  /**
   * The same, and what is found stays as it is until the transaction ends.
   *
   * @return a finding for each target, in order
   */
  List<Finding> hold(Transaction tx, Catalog.Snapshot catalog, List<Target> targets) {
    List<Finding> found = find(tx, catalog, targets);
    Set<UUID> live =
        found.stream()
            .filter(Finding.Live.class::isInstance)
            .map(finding -> ((Finding.Live) finding).row().record())
            .collect(Collectors.toSet());
    Map<UUID, StoredMapping> held = live.isEmpty() ? Map.of() : store.lock(tx, live);
    return found.stream()
        .map(
            finding ->
                finding instanceof Finding.Live(Mapping row)
                    ? finding(catalog, held.get(row.record()))
                    : finding)
        .toList();
  }

  /** Whether a row that was found still answers. */
  static Finding finding(Catalog.Snapshot catalog, @Nullable StoredMapping found) {
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
        .flatMap(target -> target.digests.stream())
        .collect(Collectors.toSet());
  }

  /**
   * What to look for.
   *
   * @param versions of the digest keys that the digests were made with, the newest first
   */
  record Target(
      Kind kind,
      TenantId tenant,
      TokenRef ref,
      List<Integer> versions,
      List<LookupDigest> digests) {
    /** For the audit trail: a name's digest is no token's. */
    Events note(Events events) {
      return kind == Kind.NAME ? events : events.about(digests.getFirst());
    }

    private @Nullable StoredMapping in(Map<LookupDigest, StoredMapping> found) {
      return digests.stream().map(found::get).filter(Objects::nonNull).findFirst().orElse(null);
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
