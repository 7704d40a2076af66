package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.journal.Effect;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.vault.IdempotencyStore.Guard;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Inserts a group's drafts: what exists is answered with what exists, what is taken is drawn again,
 * the rest is made.
 */
@Singleton
final class TokenizeWork implements Work<Draft, TokenInfo> {
  private final Catalog catalog;
  private final MappingStore mappings;
  private final IdempotencyStore idempotency;
  private final MappingSealer sealer;
  private final SpaceMeter meter;
  private final LimitsConfig limits;

  TokenizeWork(
      Catalog catalog,
      MappingStore mappings,
      IdempotencyStore idempotency,
      MappingSealer sealer,
      SpaceMeter meter,
      LimitsConfig limits) {
    this.catalog = catalog;
    this.mappings = mappings;
    this.idempotency = idempotency;
    this.sealer = sealer;
    this.meter = meter;
    this.limits = limits;
  }

  @Override
  public List<Effect<TokenInfo>> apply(Transaction tx, List<Draft> drafts) {
    Catalog.Snapshot rules = catalog.refresh(tx);
    List<Slot> slots = drafts.stream().map(Slot::new).toList();
    refuseStale(rules, slots);
    refuseMismatched(tx, slots);
    while (slots.stream().anyMatch(Slot::isOpen)) {
      answerExisting(tx, rules, open(slots));
      insert(tx, rules, open(slots));
    }
    return slots.stream().map(Slot::effect).toList();
  }

  private static List<Slot> open(List<Slot> slots) {
    return slots.stream().filter(Slot::isOpen).toList();
  }

  /**
   * A template changed after the draft was made: nothing is written, and the draft is made anew.
   */
  private static void refuseStale(Catalog.Snapshot rules, List<Slot> slots) {
    for (Slot slot : slots) {
      Template drafted = slot.draft.template();
      boolean current =
          rules
              .template(slot.draft.tenant(), drafted.name())
              .filter(now -> now.revision() == drafted.revision())
              .isPresent();
      if (!current) {
        slot.close(new Effect.Refused<>(new StaleTemplate(), List.of()));
      }
    }
  }

  private void refuseMismatched(Transaction tx, List<Slot> slots) {
    Map<LookupDigest, Guard> guards =
        open(slots).stream()
            .flatMap(slot -> slot.draft.keys().guard().stream())
            .collect(Collectors.toMap(Guard::key, guard -> guard, (first, _) -> first));
    if (guards.isEmpty()) {
      return;
    }
    Map<LookupDigest, LookupDigest> bodies = idempotency.remember(tx, guards.values());
    for (Slot slot : open(slots)) {
      slot.draft
          .keys()
          .guard()
          .filter(guard -> !Objects.equals(bodies.get(guard.key()), guard.body()))
          .ifPresent(
              _ -> slot.refuse(new VaultException.IdempotencyMismatch(), "idempotency-mismatch"));
    }
  }

  private void answerExisting(Transaction tx, Catalog.Snapshot rules, List<Slot> slots) {
    answerExisting(
        tx, rules, slots, "existing", keys -> keys.convergence(), mappings::findByConvergence);
    answerExisting(tx, rules, slots, "repeated", keys -> keys.origin(), mappings::findByOrigin);
  }

  private void answerExisting(
      Transaction tx,
      Catalog.Snapshot rules,
      List<Slot> slots,
      String reason,
      Function<Draft.Keys, Optional<LookupDigest>> key,
      BiFunction<Transaction, Set<LookupDigest>, Map<LookupDigest, StoredMapping>> find) {
    Map<LookupDigest, List<Slot>> wanted =
        slots.stream()
            .filter(slot -> slot.lookAgain && key.apply(slot.draft.keys()).isPresent())
            .collect(Collectors.groupingBy(slot -> key.apply(slot.draft.keys()).orElseThrow()));
    if (wanted.isEmpty()) {
      return;
    }
    Map<LookupDigest, StoredMapping> found = find.apply(tx, wanted.keySet());
    wanted.forEach(
        (digest, same) ->
            Optional.ofNullable(found.get(digest))
                .ifPresent(row -> same.forEach(slot -> answer(tx, rules, slot, row, reason))));
    wanted.values().forEach(same -> same.forEach(slot -> slot.lookAgain = false));
  }

  private void answer(
      Transaction tx, Catalog.Snapshot rules, Slot slot, StoredMapping found, String reason) {
    Mapping row = found.mapping();
    switch (MappingFinder.finding(rules, found)) {
      case MappingFinder.Finding.Gone _ -> mappings.release(tx, Set.of(row.record()));
      case MappingFinder.Finding.Live _ -> {
        if (slot.draft.keys().name().isPresent() && !slot.draft.keys().name().equals(row.name())) {
          slot.refuse(new VaultException.NameTaken(), "name-taken");
        } else {
          slot.close(again(rules, slot, row, reason));
        }
      }
    }
  }

  private Effect<TokenInfo> again(Catalog.Snapshot rules, Slot slot, Mapping row, String reason) {
    Events events = slot.events().about(row);
    try {
      sealer.verify(row);
    } catch (io.scrip.crypto.CryptoException.WillNotOpen _) {
      return Effect.refused(
          new VaultException.IntegrityViolated(), events.refused("will-not-open"));
    }
    return rules
        .template(row.tenant(), row.template(), row.templateRevision())
        .flatMap(drawnBy -> slot.draft.again(row, drawnBy))
        .map(info -> Effect.answered(info, events.allowed(reason)))
        .orElseGet(
            () ->
                Effect.refused(
                    new VaultException.IntegrityViolated(), events.refused("will-not-open")));
  }

  private void insert(Transaction tx, Catalog.Snapshot rules, List<Slot> slots) {
    if (slots.isEmpty()) {
      return;
    }
    List<Mapping> rows = slots.stream().map(slot -> slot.draft.mapping(rules.version())).toList();
    List<Insertion> results = mappings.insert(tx, rows);
    for (int i = 0; i < slots.size(); i++) {
      settle(tx, slots.get(i), results.get(i));
    }
  }

  private void settle(Transaction tx, Slot slot, Insertion result) {
    switch (result) {
      case DONE -> {
        meter.drawn(slot.draft.template(), false);
        slot.close(Effect.answered(slot.draft.made(), slot.events().allowed()));
      }
      case TOKEN_TAKEN -> {
        meter.drawn(slot.draft.template(), true);
        drawAgain(slot);
      }
      case NAME_TAKEN -> refuseUnlessEnded(tx, slot);
      case VALUE_TAKEN, ORIGIN_TAKEN -> slot.lookAgain = true;
    }
  }

  private void drawAgain(Slot slot) {
    if (slot.draft.draws() >= limits.maxDraws()) {
      slot.refuse(
          new VaultException.TokenSpaceExhausted(slot.draft.draws()), "token-space-exhausted");
    } else {
      slot.draft.drawAgain();
    }
  }

  /** A name is free again when the token that bears it has ended. */
  private void refuseUnlessEnded(Transaction tx, Slot slot) {
    LookupDigest name = slot.draft.keys().name().orElseThrow();
    StoredMapping bearer = mappings.findByName(tx, Set.of(name)).get(name);
    if (bearer == null
        || MappingFinder.finding(catalog.latest(), bearer) instanceof MappingFinder.Finding.Live) {
      slot.refuse(new VaultException.NameTaken(), "name-taken");
    } else {
      mappings.release(tx, Set.of(bearer.mapping().record()));
    }
  }

  /** A template changed between draft and journal; never leaves the vault. */
  static final class StaleTemplate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleTemplate() {
      super("the template has changed", null, false, false);
    }
  }
}
