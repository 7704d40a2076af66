package io.scrip.store;

import static java.util.stream.Collectors.toMap;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.StoredMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Finds mappings: by digests, a whole group in one statement, or page by page. */
final class MappingQueries {
  private final String select;
  private final String live;

  MappingQueries(Dialect dialect) {
    this.select = MappingRows.select(dialect);
    this.live = MappingRows.live(dialect);
  }

  Map<LookupDigest, StoredMapping> findByToken(Transaction tx, Set<LookupDigest> tokens) {
    return find(tx, "token", tokens, found -> found.mapping().token());
  }

  Map<LookupDigest, StoredMapping> findByName(Transaction tx, Set<LookupDigest> names) {
    return find(tx, "name", names, found -> found.mapping().name().orElseThrow());
  }

  Map<LookupDigest, StoredMapping> findByConvergence(Transaction tx, Set<LookupDigest> values) {
    return find(tx, "convergence", values, found -> found.mapping().convergence().orElseThrow());
  }

  Map<LookupDigest, StoredMapping> findByOrigin(Transaction tx, Set<LookupDigest> origins) {
    return find(tx, "origin", origins, found -> found.mapping().origin().orElseThrow());
  }

  List<StoredMapping> searchByValue(
      Transaction tx, TenantId tenant, Set<LookupDigest> values, Optional<UUID> after, int limit) {
    return search(tx, "value_digest", tenant, values, after, limit);
  }

  List<StoredMapping> searchBySubject(
      Transaction tx,
      TenantId tenant,
      Set<LookupDigest> subjects,
      Optional<UUID> after,
      int limit) {
    return search(tx, "subject", tenant, subjects, after, limit);
  }

  Map<UUID, StoredMapping> lock(Transaction tx, Set<UUID> records) {
    return Sql.in(tx, select + "where record = any(?) order by record for update")
        .uuids(records)
        .list(MappingRows::read)
        .stream()
        .collect(toMap(found -> found.mapping().record(), Function.identity()));
  }

  private Map<LookupDigest, StoredMapping> find(
      Transaction tx,
      String column,
      Set<LookupDigest> digests,
      Function<StoredMapping, LookupDigest> key) {
    if (digests.isEmpty()) {
      return Map.of();
    }
    return Sql.in(tx, select + "where " + column + " = any(?)")
        .digests(digests)
        .list(MappingRows::read)
        .stream()
        .collect(toMap(key, Function.identity()));
  }

  private List<StoredMapping> search(
      Transaction tx,
      String column,
      TenantId tenant,
      Set<LookupDigest> digests,
      Optional<UUID> after,
      int limit) {
    String where = "where %s = any(?) and tenant = ? and %s".formatted(column, live);
    String page = after.isPresent() ? " and record > ?" : "";
    Sql sql = Sql.in(tx, select + where + page + " order by record limit ?");
    sql.digests(digests).tenant(tenant);
    after.ifPresent(sql::uuid);
    return sql.integer(limit).list(MappingRows::read);
  }
}
