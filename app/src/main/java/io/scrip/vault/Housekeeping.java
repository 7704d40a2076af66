package io.scrip.vault;

import io.scrip.journal.Ledger;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up behind what already holds: writes revocation marks into their rows, and deletes rows
 * that ended long ago, in chunks so that nobody waits. Never decides what a caller may see: ended
 * is ended before this runs.
 */
@Singleton
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Ledger ledger;
  private final Catalog catalog;
  private final CatalogStore catalogStore;
  private final MappingStore mappings;
  private final IdempotencyStore idempotency;
  private final InstantSource clock;
  private final HousekeepingConfig config;
  private final Set<Long> settled = new HashSet<>();

  Housekeeping(
      Ledger ledger,
      Catalog catalog,
      CatalogStore catalogStore,
      MappingStore mappings,
      IdempotencyStore idempotency,
      InstantSource clock,
      HousekeepingConfig config) {
    this.ledger = ledger;
    this.catalog = catalog;
    this.catalogStore = catalogStore;
    this.mappings = mappings;
    this.idempotency = idempotency;
    this.clock = clock;
    this.config = config;
  }

  /** One round; safe on several instances at a time. */
  public void run() {
    ledger.commit(catalog::refresh).marks().forEach(this::settle);
    long purged =
        untilFew(
            () ->
                ledger.commit(
                    tx ->
                        mappings.purge(
                            tx, clock.instant().minus(config.retention()), config.chunk())));
    untilFew(() -> ledger.commit(tx -> idempotency.purge(tx, config.chunk())));
    if (purged > 0) {
      LOG.info("Purged {} rows that ended more than {} ago.", purged, config.retention());
    }
  }

  /**
   * A group that had read the catalog before the mark may commit after it was settled, so a mark is
   * taken away only when the round after finds nothing more to settle.
   */
  private void settle(RevocationMark mark) {
    long found =
        untilFew(
            () -> ledger.commit(tx -> mappings.settle(tx, mark, clock.instant(), config.chunk())));
    if (found == 0 && !settled.add(mark.id())) {
      settled.remove(mark.id());
      ledger.commit(
          tx -> {
            catalogStore.bump(tx);
            catalogStore.deleteMark(tx, mark.id());
            return mark;
          });
    }
  }

  private long untilFew(IntSupplier step) {
    long total = 0;
    int done;
    do {
      done = step.getAsInt();
      total += done;
    } while (done >= config.chunk());
    return total;
  }
}
