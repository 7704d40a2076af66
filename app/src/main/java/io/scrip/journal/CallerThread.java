package io.scrip.journal;

import java.util.concurrent.Executor;

/** Where a caller wants to be told: on the thread it calls from, where that one takes tasks. */
@FunctionalInterface
public interface CallerThread {
  /**
   * @return of the current thread, or one that runs a task at once where the current one takes none
   */
  Executor current();

  /** Callers are told by the writer itself. */
  static CallerThread none() {
    return () -> Runnable::run;
  }
}
