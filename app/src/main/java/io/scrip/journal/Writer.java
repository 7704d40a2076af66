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
import java.util.function.Function;
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
          List<Answer> answers = commit(group);
          queue.done(group.size());
          Answer.tell(answers);
        }
      }
      closeChain();
    } catch (InterruptedException interrupted) {
      LOG.warn("A journal writer was interrupted; its audit chain stays open.");
    }
  }

  /**
   * @return what tells the callers, now that it is over
   */
  private List<Answer> commit(List<Entry<?, ?>> group) {
    try {
      return commitTogether(group);
    } catch (LedgerException failure) {
      tell(() -> listener.failed(group.size()));
      return afterFailure(group, failure);
    } catch (RuntimeException failure) {
      tell(() -> listener.failed(group.size()));
      return oneByOne(group, failure);
    } catch (Error failure) { // a stack too deep in one entry must not end the writer for all
      tell(() -> listener.failed(group.size()));
      return oneByOne(group, new JournalException.NotWritten(failure));
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

  private List<Answer> afterFailure(List<Entry<?, ?>> group, LedgerException failure) {
    if (!failure.outcomeUnknown()) {
      return oneByOne(group, new JournalException.NotWritten(failure));
    }
    LOG.error("The connection broke while committing {} entries.", group.size(), failure);
    // Whether the chain's last events were written is not known either, so nothing may follow them.
    opened.ifPresent(chain -> tell(() -> listener.abandoned(chain.name())));
    opened = Optional.empty();
    return group.stream()
        .map(entry -> entry.failed(new JournalException.OutcomeUnknown(failure)))
        .toList();
  }

  /** So that one bad entry fails alone. */
  private List<Answer> oneByOne(List<Entry<?, ?>> group, RuntimeException failure) {
    if (group.size() > 1) {
      return group.stream().flatMap(entry -> commit(List.of(entry)).stream()).toList();
    }
    LOG.error("An entry could not be committed.", failure);
    return List.of(group.getFirst().failed(failure));
  }

  private List<Answer> commitTogether(List<Entry<?, ?>> group) {
    long start = System.nanoTime();
    Written written =
        rewindingOnFailure(
            before ->
                ledger.commitRepeatable(
                    tx -> {
                      rewind(before);
                      return apply(tx, group);
                    }));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    tell(() -> listener.committed(group.size(), written.events, took));
    tell(written.checkpoints);
    return written.answers;
  }

  private Written apply(Transaction tx, List<Entry<?, ?>> group) {
    var written = new Written(new ArrayList<>(group.size()));
    List<AuditEvent> told = new ArrayList<>(group.size());
    byWork(group).values().forEach(entries -> applyWork(tx, entries, told, written.answers));
    append(tx, told, written);
    return written;
  }

  private void append(Transaction tx, List<AuditEvent> told, Written written) {
    if (!told.isEmpty()) {
      AuditChain chain = opened.orElseGet(() -> open(tx, written.events));
      told.forEach(event -> written.events.add(chain.append(event)));
      chain.checkpointWhenDue().ifPresent(written.checkpoints::add);
      ledger.append(tx, written.events, written.checkpoints);
    }
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
  private <T> T rewindingOnFailure(Function<Place, T> commit) {
    Place before = new Place(opened, opened.map(AuditChain::position));
    try {
      return commit.apply(before);
    } catch (RuntimeException | Error failure) {
      rewind(before);
      throw failure;
    }
  }

  private void rewind(Place before) {
    before.chain.ifPresent(chain -> chain.rewind(before.position.orElseThrow()));
    opened = before.chain;
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
      Transaction tx, List<Entry<?, ?>> sameWork, List<AuditEvent> told, List<Answer> answers) {
    List<Entry<E, R>> entries = (List<Entry<E, R>>) (List<?>) sameWork;
    Work<E, R> work = entries.getFirst().work();
    List<Effect<R>> effects = work.apply(tx, entries.stream().map(Entry::item).toList());
    for (int i = 0; i < entries.size(); i++) {
      Entry<E, R> entry = entries.get(i);
      Effect<R> effect = effects.get(i);
      told.addAll(effect.events());
      answers.add(entry.completed(effect));
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
      List<Checkpoint> durable =
          rewindingOnFailure(
              _ -> {
                List<ChainedEvent> last = events.get();
                List<Checkpoint> signed = checkpoint.get().stream().toList();
                return last.isEmpty() && signed.isEmpty() ? signed : appendAlone(last, signed);
              });
      tell(durable);
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

  /** Where the audit trail of this writer stands. */
  private record Place(Optional<AuditChain> chain, Optional<AuditChain.Position> position) {}

  /** What a group left in the audit trail, and what is to be done once that is durable. */
  private record Written(
      List<ChainedEvent> events, List<Checkpoint> checkpoints, List<Answer> answers) {
    Written(List<Answer> answers) {
      this(new ArrayList<>(), new ArrayList<>(1), answers);
    }
  }
}
