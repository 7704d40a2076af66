package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.crypto.Digests;
import io.scrip.crypto.KeyTable;
import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.crypto.Keyring;
import io.scrip.crypto.Roots;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Rotates keys, and destroys old ones once nothing needs them. Every change goes through the
 * journal, in one transaction with its audit event; instances learn of it with the next group that
 * they commit.
 */
@Singleton
public final class Rotator {
  private static final long LARGEST_IN_REASON = 999_999;

  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final CatalogStore catalogStore;
  private final RotationStore store;
  private final RekeyStore jobs;
  private final KeyTable keyTable;
  private final Keyring keyring;
  private final Digests digests;
  private final Roots roots;
  private final InstantSource clock;
  private final Work<Rotation, Rotated> rotations =
      (tx, asked) -> each(asked, one -> rotate(tx, one));
  private final Work<Rekey, RekeyJob> rekeys = (tx, asked) -> each(asked, one -> rekey(tx, one));
  private final Work<Destruction, Long> destructions =
      (tx, asked) -> each(asked, one -> destroy(tx, one));

  Rotator(
      Journal journal,
      Gate gate,
      Catalog catalog,
      CatalogStore catalogStore,
      RotationStore store,
      RekeyStore jobs,
      KeyTable keyTable,
      Keyring keyring,
      Digests digests,
      Roots roots,
      InstantSource clock) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.catalogStore = catalogStore;
    this.store = store;
    this.jobs = jobs;
    this.keyTable = keyTable;
    this.keyring = keyring;
    this.digests = digests;
    this.roots = roots;
    this.clock = clock;
  }

  /**
   * Makes a new key and has it used from the commit on, by every instance. Old ones go on opening
   * and finding. Fails with {@link VaultException.AccessDenied}, or {@link
   * CryptoException.KeyServiceUnavailable} when the custodian is away.
   */
  public CompletableFuture<Rotated> rotate(Call call, KeyKind kind) {
    return gate.<Rotated>refusal(call, Action.ROTATE_KEY)
        .orElseGet(() -> journal.submitSlow(rotations, prepare(call, kind)));
  }

  /**
   * Starts a job that brings what is under old keys under those in force. Fails with {@link
   * VaultException.AccessDenied} or {@link VaultException.RekeyRunning}.
   */
  public CompletableFuture<RekeyJob> rekey(Call call, RekeyKind kind) {
    return gate.<RekeyJob>refusal(call, Action.REKEY)
        .orElseGet(
            () -> journal.submitSlow(rekeys, new Rekey(kind, Events.of(call, Action.REKEY))));
  }

  /**
   * Destroys a version for good. Fails with {@link VaultException.AccessDenied}, {@link
   * VaultException.KeyNeeded} when it is in force or anything still needs it, or {@link
   * VaultException.UnknownKey}.
   *
   * @param version for data keys, the floor: all with a lower id
   * @return how many keys were destroyed
   */
  public CompletableFuture<Long> destroy(Call call, KeyKind kind, long version) {
    return gate.<Long>refusal(call, Action.DESTROY_KEY)
        .orElseGet(
            () ->
                journal.submitSlow(
                    destructions,
                    new Destruction(kind, version, Events.of(call, Action.DESTROY_KEY))));
  }

  /** What may take long, or the custodian's answer, comes before the transaction. */
  private Rotation prepare(Call call, KeyKind kind) {
    Events events = Events.of(call, Action.ROTATE_KEY);
    roots.look();
    return switch (kind) {
      case KEK ->
          new Rotation(kind, List.of(), Optional.of(keyring.nextKeyEncryptionKey()), events);
      case ROOT -> new Rotation(kind, rewrappings(), Optional.empty(), events);
      case DATA, DIGEST -> new Rotation(kind, List.of(), Optional.empty(), events);
    };
  }

  private List<Rewrapping> rewrappings() {
    return keyTable.keyEncryptionKeys().stream()
        .filter(key -> !keyring.isUnderPresentRoots(key))
        .map(key -> new Rewrapping(key, keyring.rewrapped(key)))
        .toList();
  }

  private static <Q, R> List<Effect<R>> each(
      List<Q> asked, java.util.function.Function<Q, Effect<R>> one) {
    return asked.stream().map(one).toList();
  }

  private Effect<Rotated> rotate(Transaction tx, Rotation rotation) {
    long version =
        switch (rotation.kind) {
          case ROOT -> replaceAll(tx, rotation.rewrappings);
          case KEK -> insert(tx, rotation.made.orElseThrow());
          case DATA -> raiseFloor(tx);
          case DIGEST -> nextDigestKey(tx);
        };
    return Effect.answered(
        new Rotated(rotation.kind, version),
        rotation.events.allowed(reason(rotation.kind, version)));
  }

  /** The trail takes no long numbers, whatever they are. */
  private static String reason(KeyKind kind, long version) {
    return version > LARGEST_IN_REASON ? kind.word() : kind.word() + "-" + version;
  }

  /**
   * @return how many keys are under the present roots now that were not
   */
  private long replaceAll(Transaction tx, List<Rewrapping> rewrappings) {
    return rewrappings.stream().filter(each -> store.replace(tx, each.old, each.rewrapped)).count();
  }

  private long insert(Transaction tx, KeyEncryptionKey made) {
    store.insert(tx, made); // where another instance was faster, its key is the new one
    return made.version();
  }

  private long raiseFloor(Transaction tx) {
    store.barrier(tx);
    catalogStore.bump(tx);
    return store.raiseDataKeyFloor(tx);
  }

  private long nextDigestKey(Transaction tx) {
    store.barrier(tx);
    catalogStore.bump(tx);
    int next = catalogStore.keys(tx).digestVersion() + 1;
    store.insertDigestKey(tx, next, digests.newestRootId(), clock.instant());
    return next;
  }

  private Effect<RekeyJob> rekey(Transaction tx, Rekey asked) {
    long total = due(tx, asked.kind);
    return jobs.start(tx, asked.kind, total, clock.instant())
        .map(job -> Effect.answered(job, asked.events.allowed(asked.kind.word())))
        .orElseGet(
            () ->
                Effect.refused(
                    new VaultException.RekeyRunning(), asked.events.refused("rekey-running")));
  }

  private long due(Transaction tx, RekeyKind kind) {
    KeyState keys = catalog.refresh(tx).keys();
    List<KeyInventory.Kek> keks = store.inventory(tx).keks();
    long dataKeys =
        keks.stream().limit(keks.size() - 1L).mapToLong(KeyInventory.Kek::dataKeys).sum();
    long labels = kind.redigests() ? keyTable.countLabelledBelow(keys.digestVersion()) : 0;
    return jobs.countDue(tx, kind, keys) + (kind.rewraps() ? dataKeys : 0) + labels;
  }

  private Effect<Long> destroy(Transaction tx, Destruction asked) {
    return switch (asked.kind) {
      case KEK -> destroyKek(tx, asked);
      case DATA -> destroyDataKeys(tx, asked);
      case DIGEST -> destroyDigestKey(tx, asked);
      case ROOT -> refused(asked, new VaultException.UnknownKey(), "unknown-key");
    };
  }

  private Effect<Long> destroyKek(Transaction tx, Destruction asked) {
    List<KeyInventory.Kek> keks = store.inventory(tx).keks();
    Optional<KeyInventory.Kek> wanted =
        keks.stream().filter(kek -> kek.version() == asked.version).findFirst();
    if (wanted.isEmpty()) {
      return refused(asked, new VaultException.UnknownKey(), "unknown-key");
    }
    boolean inForce = wanted.get().equals(keks.getLast());
    return settle(
        asked,
        inForce,
        wanted.get().dataKeys(),
        () -> {
          store.destroyKek(tx, wanted.get().version(), clock.instant());
          return 1;
        });
  }

  private Effect<Long> destroyDataKeys(Transaction tx, Destruction asked) {
    boolean inForce = asked.version > catalogStore.keys(tx).dataKeyFloor();
    long needs = inForce ? 0 : store.recordsBelow(tx, asked.version);
    return settle(
        asked,
        inForce,
        needs,
        () -> store.destroyDataKeysBelow(tx, asked.version, clock.instant()));
  }

  private Effect<Long> destroyDigestKey(Transaction tx, Destruction asked) {
    store.barrier(tx);
    KeyState keys = catalogStore.keys(tx);
    int version = (int) Math.min(Integer.MAX_VALUE, asked.version);
    if (!keys.digestRoots().containsKey(version)) {
      return refused(asked, new VaultException.UnknownKey(), "unknown-key");
    }
    boolean inForce = version == keys.digestVersion();
    long needs = inForce ? 0 : store.needsOfDigestKey(tx, version);
    return settle(
        asked,
        inForce,
        needs,
        () -> {
          catalogStore.bump(tx);
          store.destroyDigestKey(tx, version, clock.instant());
          return 1;
        });
  }

  private static Effect<Long> settle(
      Destruction asked, boolean inForce, long needs, java.util.function.LongSupplier destroy) {
    return inForce || needs > 0
        ? refused(asked, new VaultException.KeyNeeded(inForce ? 0 : needs), "key-needed")
        : Effect.answered(
            destroy.getAsLong(), asked.events.allowed(reason(asked.kind, asked.version)));
  }

  private static Effect<Long> refused(Destruction asked, VaultException refusal, String reason) {
    return Effect.refused(refusal, asked.events.refused(reason));
  }

  /**
   * What a rotation made.
   *
   * @param version of the new key; for data keys, the floor; for roots, how many keys were wrapped
   *     anew
   */
  public record Rotated(KeyKind kind, long version) {}

  private record Rotation(
      KeyKind kind, List<Rewrapping> rewrappings, Optional<KeyEncryptionKey> made, Events events) {}

  private record Rewrapping(KeyEncryptionKey old, KeyEncryptionKey rewrapped) {}

  private record Rekey(RekeyKind kind, Events events) {}

  private record Destruction(KeyKind kind, long version, Events events) {}
}
