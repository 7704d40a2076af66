package io.scrip.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An entry that waits, with the future of the one who waits for it, and where that one is told. */
record Entry<E, R>(Work<E, R> work, E item, CompletableFuture<R> future, Executor callerThread) {

  static <E, R> Entry<E, R> of(Work<E, R> work, E item, Executor callerThread) {
    return new Entry<>(work, item, new CompletableFuture<>(), callerThread);
  }

  Answer completed(Effect<R> effect) {
    return new Answer(
        callerThread,
        () -> {
          switch (effect) {
            case Effect.Answered<R> answered -> future.complete(answered.answer());
            case Effect.Refused<R> refused -> future.completeExceptionally(refused.refusal());
          }
        });
  }

  Answer failed(RuntimeException failure) {
    return new Answer(callerThread, () -> future.completeExceptionally(failure));
  }
}
