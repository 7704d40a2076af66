package io.scrip.journal;

import java.util.concurrent.CompletableFuture;

/** An entry that waits, with the future of the one who waits for it. */
record Entry<E, R>(Work<E, R> work, E item, CompletableFuture<R> future) {

  static <E, R> Entry<E, R> of(Work<E, R> work, E item) {
    return new Entry<>(work, item, new CompletableFuture<>());
  }

  void complete(Effect<R> effect) {
    switch (effect) {
      case Effect.Answered<R> answered -> future.complete(answered.answer());
      case Effect.Refused<R> refused -> future.completeExceptionally(refused.refusal());
    }
  }

  void fail(RuntimeException failure) {
    future.completeExceptionally(failure);
  }
}
