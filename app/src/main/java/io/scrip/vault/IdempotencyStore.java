package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.journal.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Remembers which body an idempotency key was first sent with. */
public interface IdempotencyStore {
  /**
   * Remembers each guard unless its key is known and not yet expired; an expired one is replaced.
   *
   * @return for each key, the digest of the body that it stands for now
   */
  Map<LookupDigest, LookupDigest> remember(Transaction tx, Collection<Guard> guards);

  /** The bodies that these keys stand for now; nothing for a key that is unknown or expired. */
  Map<LookupDigest, LookupDigest> find(Transaction tx, Collection<LookupDigest> keys);

  /** Deletes at most {@code limit} that have expired by the database's clock. */
  int purge(Transaction tx, int limit);

  /**
   * @param key keyed digest of caller and idempotency key
   * @param body keyed digest of the body
   * @param digestVersion the version that made both
   */
  record Guard(LookupDigest key, LookupDigest body, Instant expiresAt, int digestVersion) {}
}
