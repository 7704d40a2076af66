package io.scrip.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue that takes a batch whole or not at all, gives all that waits up to a group's
 * size, and after closing gives out what is left.
 *
 * <p>While one writer prepares its group, the next waits until that one commits, or until enough
 * wait to make a group of their own worth its round trips. So commits overlap, on a slow disk many,
 * and a few callers are not split into groups of two or three.
 */
final class EntryQueue {
  /**
   * A group costs the database some 10 rows' work whatever its size, measured; with 32 rows that is
   * a third more for each, and waiting for a larger group gains little.
   */
  static final int ENOUGH = 32;

  private final int capacity;
  private final ArrayDeque<Entry<?, ?>> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private boolean closed;
  private int preparing;

  EntryQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * @throws JournalException.Overloaded when not all of them fit
   * @throws JournalException.Closed after {@link #close()}
   */
  void putAll(List<? extends Entry<?, ?>> entries) {
    lock.lock();
    try {
      if (closed) {
        throw new JournalException.Closed();
      }
      // A batch larger than the whole queue is let into an empty one: refusing it would be for
      // ever.
      if (!waiting.isEmpty() && waiting.size() + entries.size() > capacity) {
        throw new JournalException.Overloaded();
      }
      waiting.addAll(entries);
      wakeWhenDue();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for entries, at most {@code patience}. Who gets some calls {@link #prepared()} later.
   *
   * @return all that wait, at most {@code max}; empty when patience ran out, or closed and nothing
   *     is left
   */
  List<Entry<?, ?>> take(int max, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!isDue() && !closed && left > 0) {
        left = filled.awaitNanos(left);
      }
      List<Entry<?, ?>> group = new ArrayList<>(Math.min(max, waiting.size()));
      while (group.size() < max && !waiting.isEmpty()) {
        group.add(waiting.poll());
      }
      if (!group.isEmpty()) {
        preparing++;
      }
      wakeWhenDue();
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** What is left to do for a group that was taken is its commit: the next may be prepared. */
  void prepared() {
    lock.lock();
    try {
      preparing--;
      wakeWhenDue();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return !waiting.isEmpty() && (preparing == 0 || waiting.size() >= ENOUGH);
  }

  private void wakeWhenDue() {
    if (isDue()) {
      filled.signal();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isDrained() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
