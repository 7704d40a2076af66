package io.scrip.store;

import static java.util.stream.Collectors.toMap;

import io.scrip.identity.LookupDigest;
import io.scrip.journal.Transaction;
import io.scrip.vault.IdempotencyStore;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The table {@code scrip.idempotency}. */
final class JdbcIdempotencyStore implements IdempotencyStore {
  private static final BulkInsert<Guard> INSERT =
      BulkInsert.<Guard>into("scrip.idempotency")
          .digest("key_digest", Guard::key)
          .digest("body_digest", Guard::body)
          .instant("expires_at", Guard::expiresAt)
          .integer("digest_version", Guard::digestVersion);

  /**
   * A further round needs a guard that expired, and was purged by another instance, between two of
   * our statements.
   */
  private static final int ROUNDS = 4;

  /** The same for every writer, so that none waits for another that waits for it. */
  private static final Comparator<Guard> BY_KEY =
      (a, b) -> Arrays.compareUnsigned(a.key().bytes(), b.key().bytes());

  private final String now;

  JdbcIdempotencyStore(Dialect dialect) {
    this.now = dialect.now();
  }

  @Override
  public Map<LookupDigest, LookupDigest> remember(Transaction tx, Collection<Guard> guards) {
    if (guards.isEmpty()) {
      return Map.of();
    }
    List<Guard> ordered = guards.stream().sorted(BY_KEY).toList();
    List<LookupDigest> keys = ordered.stream().map(Guard::key).distinct().toList();
    for (int round = 0; round < ROUNDS; round++) {
      forgetExpired(tx, keys);
      INSERT.untaken(tx, ordered);
      Map<LookupDigest, LookupDigest> bodies = bodies(tx, keys, "");
      if (bodies.size() == keys.size()) {
        return bodies;
      }
    }
    throw StoreFailure.neverSettled();
  }

  @Override
  public Map<LookupDigest, LookupDigest> find(Transaction tx, Collection<LookupDigest> keys) {
    return bodies(tx, keys, " and expires_at > " + now);
  }

  @Override
  public int purge(Transaction tx, int limit) {
    String delete =
        """
        delete from scrip.idempotency where key_digest in (
          select key_digest from scrip.idempotency where expires_at <= %s limit ? for update skip locked)
        """;
    return Sql.in(tx, delete.formatted(now)).integer(limit).change();
  }

  private void forgetExpired(Transaction tx, List<LookupDigest> keys) {
    String delete =
        """
        delete from scrip.idempotency where key_digest in (
          select key_digest from scrip.idempotency where key_digest = any(?) and expires_at <= %s
          order by key_digest for update)
        """;
    Sql.in(tx, delete.formatted(now)).digests(keys).change();
  }

  /** What stood there before, and what was just inserted. */
  private static Map<LookupDigest, LookupDigest> bodies(
      Transaction tx, Collection<LookupDigest> keys, String condition) {
    String select =
        "select key_digest, body_digest from scrip.idempotency where key_digest = any(?)";
    return Sql.in(tx, select + condition)
        .digests(keys)
        .list(row -> Map.entry(row.digest("key_digest"), row.digest("body_digest")))
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
