package io.scrip.vault;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.scrip.crypto.Digests;
import io.scrip.journal.Ledger;
import java.time.InstantSource;

/**
 * Learns which keys are in force before anything is asked of them; on an empty database, enables
 * the first.
 */
@Context
@Requires(missingProperty = "scrip.command")
final class KeyStart {
  KeyStart(
      Ledger ledger,
      Catalog catalog,
      CatalogStore store,
      RotationStore rotations,
      Digests digests,
      InstantSource clock) {
    ledger.commit(
        tx ->
            store.keys(tx).digestRoots().isEmpty()
                && rotations.insertDigestKey(tx, 1, digests.newestRootId(), clock.instant()));
    ledger.commit(catalog::refresh);
    digests.requireRoots();
  }
}
