package io.scrip.gateway;

import io.scrip.gateway.GatewayException.Conflict;
import io.scrip.gateway.GatewayException.StoreUnusable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Brings the gateway's credentials in line with the published keys. */
public final class Reconciler {
  /**
   * Two who write at once part after one more look; what goes on longer is somebody else's loop.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final CredentialStore store;
  private final Duration retain;
  private final InstantSource clock;

  /**
   * @param retain how long a key stays after it has left the JWK set
   */
  public Reconciler(CredentialStore store, Duration retain, InstantSource clock) {
    this.store = store;
    this.retain = retain;
    this.clock = clock;
  }

  /** What would be changed; writes nothing. */
  public Plan plan(PublishedKeys published) throws GatewayException, InterruptedException {
    return plan(store.read(), published);
  }

  /**
   * Changes what has to be changed, in one order and nothing twice.
   *
   * @return what was changed; empty when all was as it should be, and then nothing was written
   */
  public Plan reconcile(PublishedKeys published) throws GatewayException, InterruptedException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      CredentialStore.Snapshot snapshot = store.read();
      Plan plan = plan(snapshot, published);
      try {
        if (!plan.isEmpty()) {
          snapshot.apply(plan.changes());
        }
        return plan;
      } catch (Conflict e) {
        // somebody else has written: what he wrote counts, so it is read and decided again
      }
    }
    throw new StoreUnusable("somebody else keeps changing the credentials; run it again");
  }

  private Plan plan(CredentialStore.Snapshot snapshot, PublishedKeys published) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // as it is written
    return Planner.plan(snapshot.seats(), published, retain, now);
  }
}
