package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.crypto.KeyTable;
import io.scrip.crypto.KeyTable.StoredDataKey;
import io.scrip.crypto.Keyring;
import io.scrip.journal.Ledger;
import io.scrip.journal.Transaction;
import io.scrip.vault.RekeyJob.State;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the running re-key job, a batch at a time. What a batch did and how far the job has come
 * are one transaction, so that a kill at any moment neither loses nor repeats anything; and only
 * the runner that holds the job's lease gets a batch committed.
 */
@Singleton
public final class Rekeyer {
  private static final Logger LOG = LoggerFactory.getLogger(Rekeyer.class);

  /** Data keys of one batch: each costs an HPKE open and seal, half a millisecond. */
  private static final int DATA_KEYS = 50;

  private final Ledger ledger;
  private final Catalog catalog;
  private final RekeyStore store;
  private final MappingStore mappings;
  private final KeyTable keyTable;
  private final Keyring keyring;
  private final Rekeying rekeying;
  private final RekeyConfig config;
  private final InstantSource clock;
  private final String runner = UUID.randomUUID().toString();

  /** Data keys that would not be wrapped anew; tried again when another runner takes over. */
  private long dataKeyAfter;

  /** Likewise, those whose label would not be made anew. */
  private long labelAfter;

  private boolean holds;

  Rekeyer(
      Ledger ledger,
      Catalog catalog,
      RekeyStore store,
      MappingStore mappings,
      KeyTable keyTable,
      Keyring keyring,
      Rekeying rekeying,
      RekeyConfig config,
      InstantSource clock) {
    this.ledger = ledger;
    this.catalog = catalog;
    this.store = store;
    this.mappings = mappings;
    this.keyTable = keyTable;
    this.keyring = keyring;
    this.rekeying = rekeying;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Does one batch of the running job.
   *
   * @return how many keys and rows it was about; empty when there is nothing to do here
   * @throws LostLease when another runner has the job now
   */
  public Optional<Integer> step() {
    Optional<RekeyJob> leased = ledger.commit(tx -> store.lease(tx, runner, config.lease()));
    holds = leased.isPresent();
    return leased.map(
        job -> {
          List<StoredDataKey> due = job.kind().rewraps() ? dueDataKeys() : List.of();
          return due.isEmpty() ? relabelOrRekey(job) : rewrap(job, due);
        });
  }

  /**
   * A job as it stands.
   *
   * @throws VaultException.UnknownJob when there is none of this number
   */
  public RekeyJob job(long id) {
    return ledger.commit(tx -> store.find(tx, id)).orElseThrow(VaultException.UnknownJob::new);
  }

  /** Lets another runner take over at once, where this one has the job. */
  void release() {
    if (holds) {
      ledger.commit(
          tx -> {
            store.release(tx, runner);
            return runner;
          });
    }
  }

  private List<StoredDataKey> dueDataKeys() {
    int newest = keyTable.keyEncryptionKeys().getLast().version();
    List<StoredDataKey> due = keyTable.dataKeysBelow(newest, dataKeyAfter, DATA_KEYS);
    if (due.isEmpty()) {
      dataKeyAfter = 0;
    }
    return due;
  }

  private int rewrap(RekeyJob job, List<StoredDataKey> due) {
    int failed = 0;
    for (StoredDataKey key : due) {
      try {
        keyring.rewrap(key);
      } catch (CryptoException.WillNotOpen e) {
        failed++;
        LOG.warn("Data key {} does not open and was left as it is.", key.id());
      }
    }
    dataKeyAfter = due.getLast().id();
    RekeyJob after = Progress.of(job, due.size(), failed, job.reached(), clock.instant());
    ledger.commit(tx -> requireLease(store.advance(tx, after, runner)));
    return due.size();
  }

  private int relabelOrRekey(RekeyJob job) {
    List<StoredDataKey> due = job.kind().redigests() ? dueLabels() : List.of();
    return due.isEmpty() ? rekeyRows(job) : relabel(job, due);
  }

  private List<StoredDataKey> dueLabels() {
    int version = ledger.commit(catalog::refresh).keys().digestVersion();
    List<StoredDataKey> due = keyTable.labelledBelow(version, labelAfter, DATA_KEYS);
    if (due.isEmpty()) {
      labelAfter = 0;
    }
    return due;
  }

  /** The label of a subject's key is a digest too, and says which keys an erasure destroys. */
  private int relabel(RekeyJob job, List<StoredDataKey> due) {
    int failed = 0;
    for (StoredDataKey key : due) {
      try {
        keyTable.relabel(key, rekeying.label(key, keyring.subject(key)));
      } catch (CryptoException.WillNotOpen e) {
        failed++;
        LOG.warn("Data key {} does not open and kept its label.", key.id());
      }
    }
    labelAfter = due.getLast().id();
    RekeyJob after = Progress.of(job, due.size(), failed, job.reached(), clock.instant());
    ledger.commit(tx -> requireLease(store.advance(tx, after, runner)));
    return due.size();
  }

  private int rekeyRows(RekeyJob job) {
    if (!job.kind().reseals() && !job.kind().redigests()) {
      end(job);
      return 0;
    }
    int rows = ledger.commit(tx -> rekeyRows(tx, job));
    if (rows == 0) {
      end(job);
    }
    return rows;
  }

  private int rekeyRows(Transaction tx, RekeyJob job) {
    Catalog.Snapshot rules =
        catalog.refreshHeld(tx); // an erasure comes before this batch, or after
    KeyState keys = rules.keys();
    List<Mapping> due = store.due(tx, job.kind(), keys, job.reached(), config.batch());
    if (due.isEmpty()) {
      return 0;
    }
    // A mark names the digests of its time: what it has ended must end before its digests change.
    Set<UUID> ended =
        due.stream().filter(rules::isMarked).map(Mapping::record).collect(Collectors.toSet());
    mappings.revoke(tx, ended, clock.instant());
    List<Mapping> fresh = new ArrayList<>(due.size());
    due.stream()
        .filter(row -> !ended.contains(row.record()))
        .forEach(row -> rekeyed(row, job.kind(), keys).ifPresent(fresh::add));
    store.update(tx, fresh);
    int failed = due.size() - ended.size() - fresh.size();
    Optional<UUID> reached = Optional.of(due.getLast().record());
    requireLease(
        store.advance(tx, Progress.of(job, due.size(), failed, reached, clock.instant()), runner));
    return due.size();
  }

  private Optional<Mapping> rekeyed(Mapping row, RekeyKind kind, KeyState keys) {
    try {
      return Optional.of(rekeying.rekeyed(row, kind, keys));
    } catch (CryptoException.WillNotOpen e) {
      LOG.warn("Row {} does not open and was left as it is.", row.record());
      return Optional.empty();
    }
  }

  /** Done is what has nothing left that was due; counted, not believed. */
  private void end(RekeyJob job) {
    ledger.commit(
        tx -> {
          KeyState keys = catalog.refresh(tx).keys();
          long labels =
              job.kind().redigests() ? keyTable.countLabelledBelow(keys.digestVersion()) : 0;
          long left = store.countDue(tx, job.kind(), keys) + labels;
          State state = left == 0 && job.failed() == 0 ? State.DONE : State.INCOMPLETE;
          RekeyJob ended = Progress.ended(job, state, clock.instant());
          LOG.info(
              "Re-key job {} ({}) ended {}: {} done, {} failed, {} left.",
              job.id(),
              job.kind().word(),
              state.word(),
              job.done(),
              job.failed(),
              left);
          return requireLease(store.advance(tx, ended, runner));
        });
  }

  private static boolean requireLease(boolean held) {
    if (!held) {
      throw new LostLease();
    }
    return true;
  }

  /** Another runner has the job now; nothing of this batch is committed. */
  public static final class LostLease extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostLease() {
      super("another runner has the job", null, false, false);
    }
  }

  /** A job a little later. */
  private static final class Progress {
    static RekeyJob of(
        RekeyJob job, int done, int failed, Optional<UUID> reached, java.time.Instant at) {
      return new RekeyJob(
          job.id(),
          job.kind(),
          job.state(),
          job.total(),
          job.done() + done,
          job.failed() + failed,
          reached,
          job.startedAt(),
          at,
          Optional.empty());
    }

    static RekeyJob ended(RekeyJob job, State state, java.time.Instant at) {
      return new RekeyJob(
          job.id(),
          job.kind(),
          state,
          job.total(),
          job.done(),
          job.failed(),
          job.reached(),
          job.startedAt(),
          at,
          Optional.of(at));
    }
  }
}
