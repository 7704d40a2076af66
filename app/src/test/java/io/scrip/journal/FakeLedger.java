package io.scrip.journal;

import io.scrip.audit.AuditExport;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.audit.InMemoryTrail;
import io.scrip.audit.TestClock;
import io.scrip.audit.TestSigner;
import io.scrip.audit.TrailReader;
import io.scrip.audit.TrailVerifier;
import io.scrip.audit.Verdict;
import io.scrip.identity.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A ledger in memory: all of a transaction or nothing, in the order of the commits. It fails when
 * it is told to.
 */
final class FakeLedger implements Ledger {
  /** How a commit ends. */
  enum End {
    WELL,
    /** Nothing of it has happened. */
    REFUSED,
    /** It has happened, but nobody was told. */
    LOST_ANSWER,
    /** It has not happened, and nobody was told. */
    LOST_COMMIT
  }

  /** What a transaction would change. */
  static final class Changes implements Transaction {
    final List<Object> effects = new ArrayList<>();
    final List<ChainedEvent> events = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    private boolean opens;
  }

  static final TestSigner SIGNER = new TestSigner(7);

  final TestClock clock = new TestClock();
  private final InMemoryTrail trail = new InMemoryTrail();
  private final List<Changes> committed = new ArrayList<>();
  private final Queue<End> plan = new ArrayDeque<>();
  private final ReentrantLock opening = new ReentrantLock();
  private Predicate<Object> bad = _ -> false;
  private boolean presuming;
  private Consumer<Changes> beforeCommit = _ -> {};

  /** How the next commits end, one after the other; those after them end well. */
  synchronized void plan(End... ends) {
    plan.addAll(List.of(ends));
  }

  /** Refuses every commit with such an effect, as a broken constraint would. */
  synchronized void refuse(Predicate<Object> effect) {
    bad = effect;
  }

  /** From now on every repeatable work is run twice. */
  void presumeTooMuch() {
    presuming = true;
  }

  synchronized void beforeCommit(Consumer<Changes> look) {
    beforeCommit = look;
  }

  @Override
  public <T> T commit(Function<Transaction, T> work) {
    Changes changes = new Changes();
    try {
      T result = work.apply(changes);
      end(changes);
      return result;
    } finally {
      if (changes.opens) {
        opening.unlock();
      }
    }
  }

  private synchronized void end(Changes changes) {
    beforeCommit.accept(changes);
    End end = Optional.ofNullable(plan.poll()).orElse(End.WELL);
    if (end == End.REFUSED || changes.effects.stream().anyMatch(bad)) {
      throw new LedgerException("refused", false, new IllegalStateException());
    }
    if (end != End.LOST_COMMIT) {
      changes.events.forEach(trail::add);
      changes.checkpoints.forEach(trail::add);
      committed.add(changes);
    }
    if (end != End.WELL) {
      throw new LedgerException("broken", true, new IllegalStateException());
    }
  }

  @Override
  public <T> T commitRepeatable(Function<Transaction, T> work) {
    if (presuming) {
      forget(work);
    }
    return commit(work);
  }

  /** A run that presumed too much: nothing of it happens. */
  private <T> void forget(Function<Transaction, T> work) {
    Changes changes = new Changes();
    try {
      T _ = work.apply(changes);
    } finally {
      if (changes.opens) {
        opening.unlock();
      }
    }
  }

  @Override
  public int maxWriters() {
    return 8;
  }

  @Override
  public byte[] lockLatestHead(Transaction tx) {
    opening.lock();
    ((Changes) tx).opens = true;
    synchronized (this) {
      List<TrailReader.Head> heads = trail.heads();
      return heads.isEmpty() ? new byte[32] : heads.getLast().hash();
    }
  }

  @Override
  public void append(Transaction tx, List<ChainedEvent> events, List<Checkpoint> checkpoints) {
    ((Changes) tx).events.addAll(events);
    ((Changes) tx).checkpoints.addAll(checkpoints);
  }

  /** What every commit that took place has changed, in order. */
  synchronized List<Changes> commits() {
    return List.copyOf(committed);
  }

  synchronized List<Object> effects() {
    return committed.stream().flatMap(changes -> changes.effects.stream()).toList();
  }

  synchronized List<ChainedEvent> events() {
    return committed.stream().flatMap(changes -> changes.events.stream()).toList();
  }

  synchronized List<Checkpoint> checkpoints() {
    return committed.stream().flatMap(changes -> changes.checkpoints.stream()).toList();
  }

  synchronized boolean isRecorded(String name) {
    return committed.reversed().stream()
        .flatMap(changes -> changes.events.stream())
        .anyMatch(event -> event.event().requestId().value().equals(name));
  }

  /** Names of the entries whose events are durable. */
  synchronized List<String> recorded() {
    return events().stream()
        .map(event -> event.event().requestId().value())
        .filter(name -> !name.startsWith("chain."))
        .toList();
  }

  /** What the check that an auditor runs says of the whole trail. */
  synchronized Verdict verdict() {
    List<String> lines = new ArrayList<>();
    new AuditExport(trail, clock, SIGNER).whole(TenantId.DEFAULT).forEachRemaining(lines::add);
    byte[] export = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      return new TrailVerifier(List.of(SIGNER.key())).verify(new ByteArrayInputStream(export));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
