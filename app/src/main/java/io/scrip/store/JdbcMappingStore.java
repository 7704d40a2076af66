package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import io.scrip.vault.MappingStore;
import io.scrip.vault.RevocationMark;
import io.scrip.vault.StoredMapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table {@code scrip.tokens}. */
final class JdbcMappingStore implements MappingStore {
  private final MappingInsertion insertion = new MappingInsertion();
  private final MappingQueries queries;
  private final MappingChanges changes;

  JdbcMappingStore(Dialect dialect) {
    this.queries = new MappingQueries(dialect);
    this.changes = new MappingChanges(dialect);
  }

  @Override
  public List<Insertion> insert(Transaction tx, List<Mapping> mappings) {
    return insertion.insert(tx, mappings);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByToken(Transaction tx, Set<LookupDigest> tokens) {
    return queries.findByToken(tx, tokens);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByName(Transaction tx, Set<LookupDigest> names) {
    return queries.findByName(tx, names);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByConvergence(
      Transaction tx, Set<LookupDigest> values) {
    return queries.findByConvergence(tx, values);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByOrigin(Transaction tx, Set<LookupDigest> origins) {
    return queries.findByOrigin(tx, origins);
  }

  @Override
  public List<StoredMapping> searchByValue(
      Transaction tx, TenantId tenant, Set<LookupDigest> values, Optional<UUID> after, int limit) {
    return queries.searchByValue(tx, tenant, values, after, limit);
  }

  @Override
  public List<StoredMapping> searchBySubject(
      Transaction tx,
      TenantId tenant,
      Set<LookupDigest> subjects,
      Optional<UUID> after,
      int limit) {
    return queries.searchBySubject(tx, tenant, subjects, after, limit);
  }

  @Override
  public Map<UUID, StoredMapping> lock(Transaction tx, Set<UUID> records) {
    return queries.lock(tx, records);
  }

  @Override
  public void release(Transaction tx, Set<UUID> records) {
    changes.release(tx, records);
  }

  @Override
  public void renew(Transaction tx, List<Renewal> renewals) {
    changes.renew(tx, renewals);
  }

  @Override
  public Set<UUID> revoke(Transaction tx, Set<UUID> records, Instant at) {
    return changes.revoke(tx, records, at);
  }

  @Override
  public long revokeRevealedTo(
      Transaction tx, TenantId tenant, String actor, Instant since, Instant at) {
    return changes.revokeRevealedTo(tx, tenant, actor, since, at);
  }

  @Override
  public long countMarked(Transaction tx, RevocationMark mark) {
    return changes.countMarked(tx, mark);
  }

  @Override
  public long countMarked(Transaction tx, RevocationMark mark, Set<Long> dataKeys) {
    return changes.countMarked(tx, mark, dataKeys);
  }

  @Override
  public int settle(Transaction tx, RevocationMark mark, Instant at, int limit) {
    return changes.settle(tx, mark, at, limit);
  }

  @Override
  public int purge(Transaction tx, Instant before, int limit) {
    return changes.purge(tx, before, limit);
  }
}
