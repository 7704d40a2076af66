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
 * <p>While a group is under way, the next waits until that one is committed, or until as many wait
 * as are under way. So commits overlap however many or few call, and what a group costs whatever
 * its size is shared by half of the callers, not by two or three.
 */
final class EntryQueue {
  private final int capacity;
  private final ArrayDeque<Entry<?, ?>> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private boolean closed;

  /** Entries that were taken and are not committed yet. */
  private int underWay;

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
   * Waits for entries, at most {@code patience}. Who gets some calls {@link #done} later.
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
      underWay += group.size();
      wakeWhenDue();
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** So many that were taken are committed, or have failed. */
  void done(int entries) {
    lock.lock();
    try {
      underWay -= entries;
      wakeWhenDue();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return !waiting.isEmpty() && waiting.size() >= underWay;
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
