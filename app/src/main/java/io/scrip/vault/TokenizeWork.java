package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.identity.LookupDigest;
import io.scrip.journal.Effect;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.vault.IdempotencyStore.Guard;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
  private final ErasureStore erasures;
  private final MappingSealer sealer;
  private final SpaceMeter meter;
  private final LimitsConfig limits;

  TokenizeWork(
      Catalog catalog,
      MappingStore mappings,
      IdempotencyStore idempotency,
      ErasureStore erasures,
      MappingSealer sealer,
      SpaceMeter meter,
      LimitsConfig limits) {
    this.catalog = catalog;
    this.mappings = mappings;
    this.idempotency = idempotency;
    this.erasures = erasures;
    this.sealer = sealer;
    this.meter = meter;
    this.limits = limits;
  }

  @Override
  public List<Effect<TokenInfo>> apply(Transaction tx, List<Draft> drafts) {
    Catalog.Snapshot rules = catalog.refreshHeld(tx);
    List<Integer> versions = rules.keys().digestVersions();
    List<Slot> slots = drafts.stream().map(draft -> new Slot(draft, versions)).toList();
    refuseOvertaken(rules, slots);
    refuseMismatched(tx, slots);
    while (slots.stream().anyMatch(Slot::isOpen)) {
      answerExisting(tx, rules, open(slots));
      insert(tx, rules, withLivingKeys(tx, untaken(tx, open(slots))));
    }
    return slots.stream().map(Slot::effect).toList();
  }

  private static List<Slot> open(List<Slot> slots) {
    return slots.stream().filter(Slot::isOpen).toList();
  }

  /**
   * A template or the keys changed after the draft was made: nothing is written, and the draft is
   * made anew.
   */
  private static void refuseOvertaken(Catalog.Snapshot rules, List<Slot> slots) {
    for (Slot slot : slots) {
      Template drafted = slot.draft.template();
      boolean current =
          rules
              .template(slot.draft.tenant(), drafted.name())
              .filter(now -> now.revision() == drafted.revision())
              .isPresent();
      if (!current || slot.draft.isOvertaken(rules.keys())) {
        slot.close(new Effect.Refused<>(new Overtaken(), List.of()));
      }
    }
  }

  private void refuseMismatched(Transaction tx, List<Slot> slots) {
    List<Slot> guarded =
        open(slots).stream().filter(slot -> slot.draft.keys().guard().isPresent()).toList();
    if (guarded.isEmpty()) {
      return;
    }
    Map<LookupDigest, LookupDigest> bodies = new HashMap<>(rememberedBefore(tx, guarded));
    Map<LookupDigest, Guard> guards =
        guarded.stream()
            .filter(slot -> slot.keys.stream().noneMatch(keys -> isKnown(bodies, keys)))
            .flatMap(slot -> slot.draft.keys().guard().stream())
            .collect(Collectors.toMap(Guard::key, guard -> guard, (first, _) -> first));
    bodies.putAll(idempotency.remember(tx, guards.values()));
    for (Slot slot : guarded) {
      if (slot.keys.stream()
          .noneMatch(keys -> keys.guard().filter(guard -> fits(bodies, guard)).isPresent())) {
        slot.refuse(new VaultException.IdempotencyMismatch(), "idempotency-mismatch");
      }
    }
  }

  /** What was remembered under an older version of the digest keys stays there until it expires. */
  private Map<LookupDigest, LookupDigest> rememberedBefore(Transaction tx, List<Slot> guarded) {
    List<LookupDigest> older =
        guarded.stream()
            .flatMap(slot -> slot.keys.stream().skip(1))
            .flatMap(keys -> keys.guard().stream())
            .map(Guard::key)
            .toList();
    return older.isEmpty() ? Map.of() : idempotency.find(tx, older);
  }

  private static boolean isKnown(Map<LookupDigest, LookupDigest> bodies, Draft.Keys keys) {
    return keys.guard().filter(guard -> bodies.containsKey(guard.key())).isPresent();
  }

  private static boolean fits(Map<LookupDigest, LookupDigest> bodies, Guard guard) {
    return Objects.equals(bodies.get(guard.key()), guard.body());
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
    Map<LookupDigest, List<Slot>> wanted = new HashMap<>();
    slots.stream()
        .filter(slot -> slot.lookAgain && slot.isOpen())
        .forEach(
            slot ->
                slot.each(key)
                    .forEach(
                        digest ->
                            wanted.computeIfAbsent(digest, _ -> new ArrayList<>()).add(slot)));
    if (wanted.isEmpty()) {
      return;
    }
    Map<LookupDigest, StoredMapping> found = find.apply(tx, wanted.keySet());
    found.forEach(
        (digest, row) ->
            wanted
                .getOrDefault(digest, List.of())
                .forEach(slot -> answer(tx, rules, slot, row, reason)));
    wanted.values().forEach(same -> same.forEach(slot -> slot.lookAgain = false));
  }

  /**
   * Without those whose token or name a row has that was made under an older version of the digest
   * keys, where the unique index does not see it.
   */
  private List<Slot> untaken(Transaction tx, List<Slot> slots) {
    boolean rotating = slots.stream().anyMatch(slot -> slot.keys.size() > 1);
    return rotating ? withUntakenName(tx, withUntakenToken(tx, slots)) : slots;
  }

  private List<Slot> withUntakenToken(Transaction tx, List<Slot> slots) {
    Map<LookupDigest, Slot> older = new HashMap<>();
    slots.forEach(
        slot ->
            slot.keys.stream()
                .skip(1)
                .forEach(keys -> older.put(slot.draft.token(keys.digestVersion()), slot)));
    Set<Slot> taken =
        mappings.findByToken(tx, older.keySet()).keySet().stream()
            .map(older::get)
            .collect(Collectors.toSet());
    taken.forEach(slot -> settle(tx, slot, Insertion.TOKEN_TAKEN));
    return slots.stream().filter(slot -> !taken.contains(slot)).toList();
  }

  private List<Slot> withUntakenName(Transaction tx, List<Slot> slots) {
    Set<LookupDigest> older =
        slots.stream()
            .flatMap(slot -> slot.keys.stream().skip(1))
            .flatMap(keys -> keys.name().stream())
            .collect(Collectors.toSet());
    Map<LookupDigest, StoredMapping> bearers =
        older.isEmpty() ? Map.of() : mappings.findByName(tx, older);
    Set<Slot> taken =
        slots.stream()
            .filter(slot -> slot.each(Draft.Keys::name).stream().anyMatch(bearers::containsKey))
            .collect(Collectors.toSet());
    taken.forEach(slot -> settle(tx, slot, Insertion.NAME_TAKEN));
    return slots.stream().filter(slot -> !taken.contains(slot)).toList();
  }

  private void answer(
      Transaction tx, Catalog.Snapshot rules, Slot slot, StoredMapping found, String reason) {
    Mapping row = found.mapping();
    switch (MappingFinder.finding(rules, found)) {
      case MappingFinder.Finding.Gone _ -> mappings.release(tx, Set.of(row.record()));
      case MappingFinder.Finding.Live _ -> {
        Optional<LookupDigest> name = slot.draft.keys(row.digestVersion()).name();
        if (name.isPresent() && !name.equals(row.name())) {
          slot.refuse(new VaultException.NameTaken(), "name-taken");
        } else {
          slot.close(again(rules, slot, row, reason));
        }
      }
    }
  }

  private Effect<TokenInfo> again(Catalog.Snapshot rules, Slot slot, Mapping row, String reason) {
    Events events = slot.events().about(row);
    return verified(rules, slot, row)
        .map(info -> Effect.answered(info, events.allowed(reason)))
        .orElseGet(
            () ->
                Effect.refused(
                    new VaultException.IntegrityViolated(), events.refused("will-not-open")));
  }

  private Optional<TokenInfo> verified(Catalog.Snapshot rules, Slot slot, Mapping row) {
    try {
      sealer.verify(row);
      return rules
          .template(row.tenant(), row.template(), row.templateRevision())
          .flatMap(drawnBy -> slot.draft.again(row, drawnBy));
    } catch (CryptoException.WillNotOpen _) {
      return Optional.empty();
    }
  }

  /**
   * Without those whose subject was erased since they were sealed, which are made anew under new
   * keys. No erasure comes between this and the transaction's end: it waits for whoever has the
   * catalog held. So no row is ever committed under a key that is gone, and none under a key that
   * an erasure did not see.
   */
  private List<Slot> withLivingKeys(Transaction tx, List<Slot> slots) {
    Set<Long> gone =
        slots.stream()
            .flatMap(slot -> slot.draft.erasableKey().stream())
            .collect(Collectors.toSet());
    if (!gone.isEmpty()) {
      gone.removeAll(erasures.present(tx, gone));
    }
    if (gone.isEmpty()) {
      return slots;
    }
    sealer.forget(gone);
    slots.stream()
        .filter(slot -> slot.draft.erasableKey().filter(gone::contains).isPresent())
        .forEach(slot -> slot.close(new Effect.Refused<>(new Overtaken(), List.of())));
    return open(slots);
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
    Set<LookupDigest> names = Set.copyOf(slot.each(Draft.Keys::name));
    Collection<StoredMapping> bearers = mappings.findByName(tx, names).values();
    boolean ended =
        !bearers.isEmpty()
            && bearers.stream()
                .noneMatch(
                    bearer ->
                        MappingFinder.finding(catalog.latest(), bearer)
                            instanceof MappingFinder.Finding.Live);
    if (ended) {
      mappings.release(
          tx,
          bearers.stream().map(bearer -> bearer.mapping().record()).collect(Collectors.toSet()));
    } else {
      slot.refuse(new VaultException.NameTaken(), "name-taken");
    }
  }

  /** A template or the keys changed between draft and journal; never leaves the vault. */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("the template or the keys have changed", null, false, false);
    }
  }
}
