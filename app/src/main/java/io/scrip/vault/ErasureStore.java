package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import java.util.Collection;
import java.util.Set;

/** The data keys that subjects have for themselves, and their end. */
public interface ErasureStore {
  /**
   * The data keys of a subject.
   *
   * @param subject the digests that it goes by
   */
  Set<Long> keys(Transaction tx, TenantId tenant, Collection<LookupDigest> subject);

  /** Those of these data keys that are there. */
  Set<Long> present(Transaction tx, Collection<Long> keys);

  /**
   * Destroys data keys of subjects, and has every instance look whether it holds one of them.
   *
   * @param version of the catalog that brings the erasure
   * @return how many
   */
  long destroy(Transaction tx, Set<Long> keys, long version);
}
