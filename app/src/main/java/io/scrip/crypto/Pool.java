package io.scrip.crypto;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few ready instances of something that is costly to make and fit for one thread at a time. A new
 * cipher costs a microsecond, five times the sealing; thread-locals would not serve virtual
 * threads.
 *
 * <p>Bounded: an instance that finds its place taken is dropped. Thread-safe and lock-free.
 */
final class Pool<T> {
  /**
   * Enough that threads of a large machine seldom meet, and little enough to have one pool per data
   * key.
   */
  private static final int PLACES = 16;

  private final AtomicReferenceArray<Optional<T>> places = new AtomicReferenceArray<>(PLACES);
  private final Supplier<T> maker;

  Pool(Supplier<T> maker) {
    this.maker = maker;
    clear();
  }

  T take() {
    return places.getAndSet(place(), Optional.empty()).orElseGet(maker);
  }

  /**
   * Only what is as good as new comes back; what failed in the middle of something is left to the
   * collector.
   */
  void giveBack(T instance) {
    places.setRelease(place(), Optional.of(instance));
  }

  void clear() {
    for (int i = 0; i < PLACES; i++) {
      places.set(i, Optional.empty());
    }
  }

  private static int place() {
    return (int) Thread.currentThread().threadId() & (PLACES - 1);
  }
}
