package io.scrip.crypto;

import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls that may hang in somebody else's library, one after the other on a thread of their own: who
 * waits for them gives up in time, and while one hangs the others give up too.
 */
final class OneAtATime {
  /**
   * Keys are unwrapped a handful of times; whoever is behind that many will not be served in time.
   */
  private static final int MAX_WAITING = 64;

  private final ThreadPoolExecutor thread;
  private final Duration timeout;

  OneAtATime(String name, Duration timeout) {
    this.timeout = timeout;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name(name).daemon().factory());
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws KeyServiceUnavailable when there is no answer in time
   */
  <T> T call(Callable<T> work) {
    Future<T> answer = submit(work);
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new KeyServiceUnavailable("no answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyServiceUnavailable("interrupted while waiting for the custodian", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new KeyServiceUnavailable("the custodian did not answer", e);
    } finally {
      answer.cancel(false);
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return thread.submit(work);
    } catch (RejectedExecutionException e) {
      throw new KeyServiceUnavailable("too many wait for the custodian", e);
    }
  }
}
