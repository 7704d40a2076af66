package io.scrip.crypto;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data key that this process seals under, and its successors.
 *
 * <p>A successor is made in the background while sealing goes on under the old key; so a key table
 * that is away for a while stops nobody. Only the very first key, and a key used up before its
 * successor came, are waited for. The old key is wiped when the last record under it is sealed.
 */
final class SealingKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SealingKeys.class);

  private final Supplier<DataKey> maker;
  private final DataKeyLimits limits;
  private final InstantSource clock;
  private final Executor background;
  private final Duration timeout;
  private final ReentrantLock succession = new ReentrantLock();
  private volatile @Nullable Epoch current;
  private volatile boolean closed;
  private volatile long floor;

  /**
   * @param maker makes a key that nobody has used
   * @param background where successors are made
   * @param timeout how long to wait for a key that another thread is making
   */
  SealingKeys(
      Supplier<DataKey> maker,
      DataKeyLimits limits,
      InstantSource clock,
      Executor background,
      Duration timeout) {
    this.maker = maker;
    this.limits = limits;
    this.clock = clock;
    this.background = background;
    this.timeout = timeout;
  }

  /** Makes these for whatever data keys are used for. */
  record Maker(DataKeys dataKeys, KeyConfig config, InstantSource clock, Executor background) {
    SealingKeys of(DataKeyUse use, Optional<DataSubject> subject) {
      return new SealingKeys(
          () -> dataKeys.make(use, subject),
          config.dataKeyLimits(),
          clock,
          background,
          config.timeout());
    }
  }

  /**
   * A key and a counter that was never handed out with it.
   *
   * @param key held for the caller, who lets it go
   */
  record Turn(DataKey key, long counter) {}

  /**
   * @throws CryptoException.KeyServiceUnavailable when a key is needed and could not be made
   */
  Turn next(int sizeBytes) {
    while (true) {
      Epoch epoch = current;
      if (epoch != null && epoch.key().id() >= floor && epoch.key().hold()) {
        long now = clock.millis();
        long counter = epoch.next(sizeBytes, now);
        if (counter != Epoch.USED_UP) {
          prepareSuccessor(epoch, now);
          return new Turn(epoch.key(), counter);
        }
        epoch.key().letGo();
      }
      succeed(epoch);
    }
  }

  /** Whether the next turn needs no key to be made first, as far as one can tell. */
  boolean isReady() {
    Epoch epoch = current;
    return epoch != null && epoch.key().id() >= floor && !epoch.key().isWiped();
  }

  /** The key that would seal next, if there is one. */
  Optional<Long> currentId() {
    return Optional.ofNullable(current).map(epoch -> epoch.key().id());
  }

  boolean isClosed() {
    return closed;
  }

  /** From now on, no key of a lower id; the next call makes another. */
  synchronized void retireBelow(long lowest) {
    floor = Math.max(floor, lowest);
  }

  /** Wipes the key once it is idle. Nothing is sealed afterwards. */
  void close() {
    succession.lock();
    try {
      closed = true;
      Epoch last = current;
      current = null;
      if (last != null) {
        last.key().letGo();
      }
    } finally {
      succession.unlock();
    }
  }

  private void prepareSuccessor(Epoch epoch, long nowMillis) {
    if (epoch.claimSuccessor(nowMillis)) {
      background.execute(() -> trySucceed(epoch));
    }
  }

  private void trySucceed(Epoch epoch) {
    try {
      succeed(epoch);
    } catch (RuntimeException e) {
      LOG.warn("no successor for {} yet: {}", epoch.key(), e.getMessage());
      epoch.giveUpSuccessor(clock.millis());
    }
  }

  /** Puts a new epoch in the place of this one, unless someone else did so meanwhile. */
  private void succeed(@Nullable Epoch old) {
    awaitTurn();
    try {
      if (current != old) {
        return;
      }
      if (closed) {
        throw new CryptoException.KeyServiceUnavailable("the sealer is closed");
      }
      DataKey made = maker.get();
      if (made.id() < floor) {
        made.letGo();
        throw new CryptoException.KeyServiceUnavailable("a new data key is older than its time");
      }
      current = new Epoch(made, limits, clock.millis());
      if (old != null) {
        old.key().letGo();
      }
    } finally {
      succession.unlock();
    }
  }

  private void awaitTurn() {
    try {
      if (!succession.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CryptoException.KeyServiceUnavailable("no data key within " + timeout);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CryptoException.KeyServiceUnavailable(
          "interrupted while waiting for a data key", e);
    }
  }
}
