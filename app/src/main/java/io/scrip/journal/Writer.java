package io.scrip.journal;

import io.scrip.audit.AuditChain;
import io.scrip.audit.AuditEvent;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one author of one audit chain: takes what waits, applies it in one transaction together with
 * its events, and completes the futures after the commit.
 */
final class Writer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /**
   * How long a writer waits for entries before it looks whether its chain is due for a signature.
   */
  static final Duration IDLE = Duration.ofSeconds(5);

  private final EntryQueue queue;
  private final int maxGroup;
  private final Ledger ledger;
  private final ChainSource chains;
  private final CommitListener listener;
  private final Duration idle;
  private Optional<AuditChain> opened = Optional.empty();
  private boolean preparing;

  Writer(
      EntryQueue queue,
      int maxGroup,
      Ledger ledger,
      ChainSource chains,
      CommitListener listener,
      Duration idle) {
    this.queue = queue;
    this.maxGroup = maxGroup;
    this.ledger = ledger;
    this.chains = chains;
    this.listener = listener;
    this.idle = idle;
  }

  @Override
  public void run() {
    try {
      while (!queue.isDrained()) {
        List<Entry<?, ?>> group = queue.take(maxGroup, idle);
        if (group.isEmpty()) {
          checkpointWhenDue();
        } else {
          preparing = true;
          commit(group);
          prepared();
        }
      }
      closeChain();
    } catch (InterruptedException interrupted) {
      LOG.warn("A journal writer was interrupted; its audit chain stays open.");
    }
  }

  private void prepared() {
    if (preparing) {
      preparing = false;
      queue.prepared();
    }
  }

  private void commit(List<Entry<?, ?>> group) {
    try {
      commitTogether(group);
    } catch (LedgerException failure) {
      tell(() -> listener.failed(group.size()));
      afterFailure(group, failure);
    } catch (RuntimeException failure) {
      tell(() -> listener.failed(group.size()));
      oneByOne(group, failure);
    } catch (Error failure) { // a stack too deep in one entry must not end the writer for all
      tell(() -> listener.failed(group.size()));
      oneByOne(group, new JournalException.NotWritten(failure));
    }
  }

  /**
   * A commit is over when the listener hears of it; a listener that fails must not have it done
   * again.
   */
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException deaf) {
      LOG.warn("A listener of the journal failed.", deaf);
    }
  }

  private void tell(List<Checkpoint> durable) {
    durable.forEach(checkpoint -> tell(() -> listener.signed(checkpoint)));
  }

  private void afterFailure(List<Entry<?, ?>> group, LedgerException failure) {
    if (failure.outcomeUnknown()) {
      LOG.error("The connection broke while committing {} entries.", group.size(), failure);
      group.forEach(entry -> entry.fail(new JournalException.OutcomeUnknown(failure)));
      // Whether the chain's last events were written is not known either, so nothing may follow
      // them.
      opened.ifPresent(chain -> tell(() -> listener.abandoned(chain.name())));
      opened = Optional.empty();
    } else {
      oneByOne(group, new JournalException.NotWritten(failure));
    }
  }

  /** So that one bad entry fails alone. */
  private void oneByOne(List<Entry<?, ?>> group, RuntimeException failure) {
    if (group.size() == 1) {
      LOG.error("An entry could not be committed.", failure);
      group.getFirst().fail(failure);
    } else {
      group.forEach(entry -> commit(List.of(entry)));
    }
  }

  private void commitTogether(List<Entry<?, ?>> group) {
    long start = System.nanoTime();
    List<Runnable> completions = new ArrayList<>(group.size());
    Written written = rewindingOnFailure(() -> ledger.commit(tx -> apply(tx, group, completions)));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    tell(() -> listener.committed(group.size(), written.events, took));
    tell(written.checkpoints);
    completions.forEach(Runnable::run);
  }

  private Written apply(Transaction tx, List<Entry<?, ?>> group, List<Runnable> completions) {
    List<AuditEvent> told = new ArrayList<>(group.size());
    byWork(group).values().forEach(entries -> applyWork(tx, entries, told, completions));
    Written written = append(tx, told);
    prepared();
    return written;
  }

  private Written append(Transaction tx, List<AuditEvent> told) {
    if (told.isEmpty()) {
      return new Written(List.of(), List.of());
    }
    List<ChainedEvent> events = new ArrayList<>(told.size() + 1);
    AuditChain chain = opened.orElseGet(() -> open(tx, events));
    told.forEach(event -> events.add(chain.append(event)));
    List<Checkpoint> due = chain.checkpointWhenDue().stream().toList();
    ledger.append(tx, events, due);
    return new Written(events, due);
  }

  private AuditChain open(Transaction tx, List<ChainedEvent> events) {
    AuditChain chain = chains.next(ledger.lockLatestHead(tx));
    events.add(chain.append(AuditChain.open(chains.node())));
    opened = Optional.of(chain);
    return chain;
  }

  /**
   * What was not committed has no place in the chain; a chain that was not opened durably was not
   * opened.
   */
  private <T> T rewindingOnFailure(Supplier<T> commit) {
    Optional<AuditChain> before = opened;
    Optional<AuditChain.Position> position = before.map(AuditChain::position);
    try {
      return commit.get();
    } catch (RuntimeException | Error failure) {
      before.ifPresent(chain -> chain.rewind(position.orElseThrow()));
      opened = before;
      throw failure;
    }
  }

  private static Map<Work<?, ?>, List<Entry<?, ?>>> byWork(List<Entry<?, ?>> group) {
    Map<Work<?, ?>, List<Entry<?, ?>>> works = new LinkedHashMap<>();
    for (Entry<?, ?> entry : group) {
      works.computeIfAbsent(entry.work(), _ -> new ArrayList<>(group.size())).add(entry);
    }
    return works;
  }

  @SuppressWarnings("unchecked") // all entries of the list have the same work, hence its types
  private static <E, R> void applyWork(
      Transaction tx,
      List<Entry<?, ?>> sameWork,
      List<AuditEvent> told,
      List<Runnable> completions) {
    List<Entry<E, R>> entries = (List<Entry<E, R>>) (List<?>) sameWork;
    Work<E, R> work = entries.getFirst().work();
    List<Effect<R>> effects = work.apply(tx, entries.stream().map(Entry::item).toList());
    for (int i = 0; i < entries.size(); i++) {
      Entry<E, R> entry = entries.get(i);
      Effect<R> effect = effects.get(i);
      told.addAll(effect.events());
      completions.add(() -> entry.complete(effect));
    }
  }

  private void checkpointWhenDue() {
    opened.ifPresent(chain -> appendAlone(List::of, chain::checkpointWhenDue));
  }

  private void closeChain() {
    opened.ifPresent(
        chain ->
            appendAlone(
                () -> List.of(chain.append(AuditChain.close(chains.node()))),
                () -> Optional.of(chain.checkpoint())));
  }

  private void appendAlone(
      Supplier<List<ChainedEvent>> events, Supplier<Optional<Checkpoint>> checkpoint) {
    try {
      tell(
          rewindingOnFailure(
              () -> {
                List<ChainedEvent> last = events.get();
                List<Checkpoint> signed = checkpoint.get().stream().toList();
                return last.isEmpty() && signed.isEmpty() ? signed : appendAlone(last, signed);
              }));
    } catch (RuntimeException failure) {
      tell(listener::notSigned);
      LOG.warn("A checkpoint could not be written; the next one will cover its events.", failure);
    }
  }

  private List<Checkpoint> appendAlone(List<ChainedEvent> events, List<Checkpoint> checkpoints) {
    return ledger.commit(
        tx -> {
          ledger.append(tx, events, checkpoints);
          return checkpoints;
        });
  }

  /** What a group left in the audit trail. */
  private record Written(List<ChainedEvent> events, List<Checkpoint> checkpoints) {}
}
