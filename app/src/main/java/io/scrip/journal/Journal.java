package io.scrip.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit for many callers. An entry is put in, a writer drains what is there, applies the whole
 * group and its audit events in one transaction, and completes each caller's future after the
 * commit. No timer: the queue fills while the last commit runs.
 *
 * <p>Effects that may take long (ending a million tokens) have a writer of their own, so that no
 * one waits behind them.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final JournalConfig config;
  private final CallerThread callers;
  private final EntryQueue swift;
  private final EntryQueue slow;
  private final List<Thread> writers = new ArrayList<>();
  private final List<Runnable> lastWords = new CopyOnWriteArrayList<>();

  /**
   * @param writerCount how many writers share the swift entries
   * @param chains gives each writer its audit chain
   * @param callers where they are told
   */
  public Journal(
      JournalConfig config,
      int writerCount,
      Ledger ledger,
      ChainSource chains,
      CommitListener listener,
      CallerThread callers) {
    this.config = config;
    this.callers = callers;
    swift = new EntryQueue(config.capacity());
    slow = new EntryQueue(config.capacity());
    for (int i = 1; i <= writerCount; i++) {
      start(
          "journal-" + i,
          new Writer(swift, config.maxGroup(), ledger, chains, listener, Writer.IDLE));
    }
    start("journal-slow", new Writer(slow, 1, ledger, chains, listener, Writer.IDLE));
  }

  private void start(String name, Writer writer) {
    writers.add(Thread.ofPlatform().name(name).start(writer));
  }

  /**
   * @return completes after the commit, on the caller's thread where that takes tasks
   * @throws JournalException.Overloaded when too many wait
   * @throws JournalException.Closed when the service is stopping
   */
  public <E, R> CompletableFuture<R> submit(Work<E, R> work, E item) {
    return submitAll(work, List.of(item)).getFirst();
  }

  /** Takes all items or none; they are committed and answered each for itself. */
  public <E, R> List<CompletableFuture<R>> submitAll(Work<E, R> work, List<E> items) {
    return submit(swift, work, items);
  }

  /** For an effect that may take long: alone in its transaction, and out of everyone's way. */
  public <E, R> CompletableFuture<R> submitSlow(Work<E, R> work, E item) {
    return submit(slow, work, List.of(item)).getFirst();
  }

  private <E, R> List<CompletableFuture<R>> submit(
      EntryQueue queue, Work<E, R> work, List<E> items) {
    Executor here = callers.current();
    List<Entry<E, R>> entries = items.stream().map(item -> Entry.of(work, item, here)).toList();
    queue.putAll(entries);
    return entries.stream().map(Entry::future).toList();
  }

  /** Entries that wait now. */
  public int depth() {
    return swift.size() + slow.size();
  }

  public int capacity() {
    return config.capacity();
  }

  /** What still has something to put in is told before nothing more is taken. */
  void beforeClosing(Runnable lastWord) {
    lastWords.add(lastWord);
  }

  /** Takes nothing more, commits what was accepted, and closes the audit chains. */
  @Override
  public void close() {
    lastWords.forEach(Runnable::run);
    swift.close();
    slow.close();
    long deadline = System.nanoTime() + config.drainTimeout().toNanos();
    writers.forEach(writer -> join(writer, deadline));
  }

  private static void join(Thread writer, long deadline) {
    try {
      writer.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (writer.isAlive()) {
        LOG.error("{} was not done within scrip.journal.drain-timeout.", writer.getName());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
