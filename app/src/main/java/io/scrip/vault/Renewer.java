package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.lease.Lease;
import io.scrip.lease.LeaseException;
import io.scrip.lease.LeaseTerms;
import io.scrip.vault.MappingFinder.Finding;
import io.scrip.vault.MappingFinder.Target;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Gives live tokens a new lease from now. Needs no key that opens values: expiry stands in the row,
 * bound by its MAC.
 */
@Singleton
public final class Renewer {
  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final MappingFinder finder;
  private final MappingStore store;
  private final MappingSealer sealer;
  private final InstantSource clock;
  private final Work<Wish, Renewed> renewals = this::renew;

  Renewer(
      Journal journal,
      Gate gate,
      Catalog catalog,
      MappingFinder finder,
      MappingStore store,
      MappingSealer sealer,
      InstantSource clock) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.finder = finder;
    this.store = store;
    this.sealer = sealer;
    this.clock = clock;
  }

  /**
   * Fails with {@link VaultException.AccessDenied}, {@link VaultException.TokenNotFound} or {@link
   * LeaseException}.
   *
   * @param ttl the template's own where empty
   */
  public CompletableFuture<Renewed> renew(Call call, TokenRef ref, Optional<Duration> ttl) {
    return gate.<Renewed>refusal(call, Action.RENEW)
        .orElseGet(
            () -> {
              Target target = finder.target(call.caller().tenant(), ref);
              Events events = target.note(Events.of(call, Action.RENEW));
              return journal.submit(renewals, new Wish(target, ttl, events));
            });
  }

  private List<Effect<Renewed>> renew(Transaction tx, List<Wish> group) {
    Catalog.Snapshot rules = catalog.refresh(tx);
    List<Finding> found = finder.hold(tx, rules, group.stream().map(Wish::target).toList());
    List<MappingStore.Renewal> changes = new ArrayList<>();
    List<Effect<Renewed>> effects = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      effects.add(renew(rules, group.get(i), found.get(i), changes));
    }
    store.renew(tx, changes);
    return effects;
  }

  private Effect<Renewed> renew(
      Catalog.Snapshot rules, Wish wish, Finding found, List<MappingStore.Renewal> changes) {
    return switch (found) {
      case Finding.Gone(String reason, Optional<Mapping> row) ->
          Effect.refused(
              new VaultException.TokenNotFound(),
              row.map(wish.events::about).orElse(wish.events).refused(reason));
      case Finding.Live(Mapping row) -> renew(rules, wish, row, changes);
    };
  }

  private Effect<Renewed> renew(
      Catalog.Snapshot rules, Wish wish, Mapping row, List<MappingStore.Renewal> changes) {
    Events events = wish.events.about(row);
    LeaseTerms terms =
        rules.rules(row.tenant(), row.template()).map(Template::lease).orElse(LeaseTerms.UNBOUNDED);
    try {
      sealer.verify(row);
      Optional<Instant> expiresAt = Lease.issue(clock.instant(), wish.ttl, terms).expiresAt();
      byte[] rowMac = sealer.rowMac(row.withExpiry(expiresAt));
      changes.add(new MappingStore.Renewal(row.record(), expiresAt, rowMac));
      return Effect.answered(
          new Renewed(row.template(), row.createdAt(), expiresAt), events.allowed());
    } catch (LeaseException outOfBounds) {
      return Effect.refused(outOfBounds, events.refused("lease-out-of-bounds"));
    } catch (CryptoException.WillNotOpen _) {
      return Effect.refused(new VaultException.TokenNotFound(), events.refused("will-not-open"));
    }
  }

  /** A token's new lease. */
  public record Renewed(String template, Instant createdAt, Optional<Instant> expiresAt) {}

  private record Wish(Target target, Optional<Duration> ttl, Events events) {}
}
