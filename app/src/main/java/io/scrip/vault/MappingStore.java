package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Mappings from token to sealed record. Finders answer for expired and revoked rows too, and say so
 * in {@link StoredMapping#state()}; the sealed bytes of such a row are never read.
 */
public interface MappingStore {
  /**
   * Inserts each mapping unless something of it is taken, by an older row or by an earlier one of
   * the same list.
   *
   * @return what became of each, in order
   */
  List<Insertion> insert(Transaction tx, List<Mapping> mappings);

  Map<LookupDigest, StoredMapping> findByToken(Transaction tx, Set<LookupDigest> tokens);

  /** Live or expired mappings that bear these names; a revoked one bears none. */
  Map<LookupDigest, StoredMapping> findByName(Transaction tx, Set<LookupDigest> names);

  /** The one mapping that each convergent value has. */
  Map<LookupDigest, StoredMapping> findByConvergence(Transaction tx, Set<LookupDigest> values);

  /** The mapping that was made by the idempotent call item of this origin. */
  Map<LookupDigest, StoredMapping> findByOrigin(Transaction tx, Set<LookupDigest> origins);

  /**
   * Live mappings of this value, by any of its digests, by record id, at most {@code limit}, after
   * the given one.
   */
  List<StoredMapping> searchByValue(
      Transaction tx, TenantId tenant, Set<LookupDigest> values, Optional<UUID> after, int limit);

  /**
   * Live mappings of this subject, by any of its digests, by record id, at most {@code limit},
   * after the given one.
   */
  List<StoredMapping> searchBySubject(
      Transaction tx, TenantId tenant, Set<LookupDigest> subjects, Optional<UUID> after, int limit);

  /** Holds these mappings until the transaction ends, and reads them as they are then. */
  Map<UUID, StoredMapping> lock(Transaction tx, Set<UUID> records);

  /**
   * Frees the convergent value, name and origin of a mapping that has ended, so that another may
   * have them.
   */
  void release(Transaction tx, Set<UUID> records);

  /** Gives each of these live mappings its new expiry and the row MAC that binds it. */
  void renew(Transaction tx, List<Renewal> renewals);

  /**
   * Ends mappings: marks them revoked, wipes their sealed record, frees name, value, origin.
   *
   * @return those that were live
   */
  Set<UUID> revoke(Transaction tx, Set<UUID> records, Instant at);

  /**
   * Ends every live mapping whose value this actor has been shown at or after {@code since}, as the
   * audit trail says.
   *
   * @param actor the subject of its access tokens, whoever issued them
   * @return how many, without those that a revocation mark has ended already
   */
  long revokeRevealedTo(Transaction tx, TenantId tenant, String actor, Instant since, Instant at);

  /** How many live mappings a revocation mark ends that no older mark has ended already. */
  long countMarked(Transaction tx, RevocationMark mark);

  /** How many of these are sealed under one of these data keys. */
  long countMarked(Transaction tx, RevocationMark mark, Set<Long> dataKeys);

  /**
   * Writes a mark's effect into at most {@code limit} rows.
   *
   * @return how many; fewer than {@code limit} when none is left
   */
  int settle(Transaction tx, RevocationMark mark, Instant at, int limit);

  /**
   * Deletes at most {@code limit} rows that expired, or were revoked, before {@code before}; a
   * revoked convergent row stays, so that its token is never given again.
   */
  int purge(Transaction tx, Instant before, int limit);

  /** A new expiry and its row MAC. */
  record Renewal(UUID record, Optional<Instant> expiresAt, byte[] rowMac) {}
}
