package io.scrip.journal;

import io.scrip.audit.AuditEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is too frequent for an event each, and writes one event for each key and second with
 * the sum.
 *
 * <p>What a kill can lose are the counts since the last write and those of a write under way. While
 * a write takes longer than {@link #PATIENCE}, or the last one failed, nothing more is counted: the
 * caller is refused. What could not be written is tried again with the next. Memory is bounded: who
 * comes when {@code maxKeys} keys wait gets an event of its own, and waits for its commit.
 */
public final class Sums implements AutoCloseable {
  /** How long counts are collected. */
  static final Duration WINDOW = Duration.ofSeconds(1);

  /** How long a write may take before nothing more is counted. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A reason in the trail has at most six digits on end, see {@link AuditEvent}. */
  static final long MOST = 999_999;

  private static final Logger LOG = LoggerFactory.getLogger(Sums.class);
  private static final long IDLE = Long.MIN_VALUE;

  private static final Work<AuditEvent, Boolean> RECORD =
      (_, events) -> events.stream().map(event -> Effect.answered(true, event)).toList();

  private final Journal journal;
  private final int maxKeys;
  private final InstantSource clock;
  private final ConcurrentHashMap<Object, Sum> pending = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("journal-sums").factory());
  private volatile Optional<RuntimeException> lastFailure = Optional.empty();
  private volatile long writingSinceMillis = IDLE;
  private volatile boolean closed;

  /**
   * @param maxKeys keys that may wait to be written, 1 or more
   */
  public Sums(Journal journal, int maxKeys, InstantSource clock) {
    this.journal = journal;
    this.maxKeys = maxKeys;
    this.clock = clock;
  }

  /** Writes once a second from now on, and a last time before the journal closes. */
  public Sums start() {
    journal.beforeClosing(this::close);
    timer.scheduleWithFixedDelay(
        this::write, WINDOW.toMillis(), WINDOW.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /**
   * @param key what is summed up together
   * @param count 0 to {@link #MOST}
   * @param event tells of so many; the first since the last write tells of all
   * @return done as soon as they are counted; fails with a {@link JournalException} when they
   *     cannot be, and then they do not count
   */
  public CompletableFuture<Boolean> add(Object key, long count, LongFunction<AuditEvent> event) {
    Optional<RuntimeException> refusal = refusal();
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    if (count == 0) {
      return CompletableFuture.completedFuture(true);
    }
    if (pending.size() >= maxKeys && !pending.containsKey(key)) {
      return journal.submit(RECORD, event.apply(count));
    }
    pending.compute(key, (_, sum) -> sum == null ? Sum.first(event, count) : sum.plus(count));
    // The last write may have missed it. Counted and refused is harmless, the other way is not.
    return closed
        ? CompletableFuture.failedFuture(new JournalException.Closed())
        : CompletableFuture.completedFuture(true);
  }

  /** Why nothing is counted just now. */
  private Optional<RuntimeException> refusal() {
    if (closed) {
      return Optional.of(new JournalException.Closed());
    }
    long since = writingSinceMillis;
    return since != IDLE && clock.millis() - since > PATIENCE.toMillis()
        ? Optional.of(new JournalException.Overloaded())
        : lastFailure;
  }

  /** Writes what waits, and waits for the commit. */
  synchronized void write() {
    writingSinceMillis = clock.millis();
    try {
      lastFailure = writeAll();
    } finally {
      writingSinceMillis = IDLE;
    }
  }

  /**
   * @return why some of it could not be written, and waits again
   */
  private Optional<RuntimeException> writeAll() {
    List<Writing> writings = take();
    Optional<RuntimeException> failure = Optional.empty();
    for (Writing writing : writings) {
      Optional<RuntimeException> its = writing.failure();
      if (its.isPresent()) {
        pending.merge(writing.key, writing.sum, Sum::plus);
        failure = its;
      }
    }
    return failure;
  }

  private List<Writing> take() {
    List<Writing> writings = new ArrayList<>();
    for (Object key : pending.keySet()) {
      Sum sum = pending.remove(key);
      while (sum != null && sum.count > 0) {
        Sum part = new Sum(sum.event, Math.min(sum.count, MOST));
        writings.add(new Writing(key, part, submit(part)));
        sum = sum.plus(-part.count);
      }
    }
    return writings;
  }

  private CompletableFuture<Boolean> submit(Sum sum) {
    try {
      return journal.submit(RECORD, sum.event.apply(sum.count));
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** Writes what still waits; nothing is counted from now on. */
  @Override
  public void close() {
    closed = true;
    timer.close();
    write();
    lastFailure.ifPresent(
        why -> LOG.error("Sums of {} in all could not be written to the trail.", waiting(), why));
  }

  private long waiting() {
    return pending.values().stream().mapToLong(Sum::count).sum();
  }

  /**
   * @param event tells of so many
   */
  private record Sum(LongFunction<AuditEvent> event, long count) {
    /** An event that the trail would not take fails here, alone, and not in everyone's write. */
    static Sum first(LongFunction<AuditEvent> event, long count) {
      AuditEvent _ = event.apply(1);
      return new Sum(event, count);
    }

    Sum plus(long more) {
      return new Sum(event, count + more);
    }

    Sum plus(Sum later) {
      return plus(later.count);
    }
  }

  /** A sum on its way into the trail. */
  private record Writing(Object key, Sum sum, CompletableFuture<Boolean> written) {
    Optional<RuntimeException> failure() {
      try {
        written.join();
        return Optional.empty();
      } catch (CompletionException failed) {
        return Optional.of(failed.getCause() instanceof RuntimeException cause ? cause : failed);
      }
    }
  }
}
