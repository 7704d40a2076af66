package io.scrip.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scrip.journal.Transaction;

/**
 * The numbers that stand for the names of audit chains in every other row of the trail. Whoever
 * opens a chain knows its number from then on. A name is never used again, so one whose opening was
 * rolled back does no harm here.
 */
final class ChainOrdinals {
  /** Each writer has one at a time; those of earlier chains are forgotten, and found if needed. */
  private static final int MAX_KNOWN = 1_000;

  private final Cache<String, Long> known = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

  /**
   * Gives the chain its number.
   *
   * @throws StoreFailure when there is such a chain
   */
  void open(Transaction tx, String chain) {
    known.put(chain, TrailRows.CHAINS.one(tx, "ordinal", chain));
  }

  /**
   * @throws IllegalStateException when no such chain was opened
   */
  long of(Transaction tx, String chain) {
    return known.get(chain, name -> find(tx, name));
  }

  private static long find(Transaction tx, String chain) {
    return Sql.in(tx, "select ordinal from scrip_audit.audit_chains where name = ?")
        .text(chain)
        .first(row -> row.number("ordinal"))
        .orElseThrow(() -> new IllegalStateException("a chain is opened before it is written to"));
  }
}
