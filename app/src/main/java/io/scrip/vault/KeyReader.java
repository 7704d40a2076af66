package io.scrip.vault;

import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Tells which keys and re-key jobs there are. */
@Singleton
public final class KeyReader {
  private final Journal journal;
  private final Gate gate;
  private final RotationStore store;
  private final RekeyStore jobs;
  private final Work<Question<?>, Object> answers =
      (tx, group) -> group.stream().map(question -> question.answer(tx)).toList();

  KeyReader(Journal journal, Gate gate, RotationStore store, RekeyStore jobs) {
    this.journal = journal;
    this.gate = gate;
    this.store = store;
    this.jobs = jobs;
  }

  /** Fails with {@link VaultException.AccessDenied}. */
  public CompletableFuture<KeyInventory> keys(Call call) {
    return ask(call, store::inventory);
  }

  /** Latest first. Fails with {@link VaultException.AccessDenied}. */
  public CompletableFuture<List<RekeyJob>> jobs(Call call, int limit) {
    return ask(call, tx -> jobs.latest(tx, limit));
  }

  /** Fails with {@link VaultException.AccessDenied} or {@link VaultException.UnknownJob}. */
  public CompletableFuture<RekeyJob> job(Call call, long id) {
    return ask(call, tx -> jobs.find(tx, id).orElseThrow(VaultException.UnknownJob::new));
  }

  @SuppressWarnings("unchecked") // answered by the function of the same type
  private <R> CompletableFuture<R> ask(Call call, Function<Transaction, R> read) {
    return gate.<R>refusal(call, Action.READ_KEYS)
        .orElseGet(
            () ->
                (CompletableFuture<R>)
                    journal.submitSlow(
                        answers, new Question<>(read, Events.of(call, Action.READ_KEYS))));
  }

  private record Question<R>(Function<Transaction, R> read, Events events) {
    Effect<Object> answer(Transaction tx) {
      try {
        return Effect.answered(read.apply(tx), events.allowed());
      } catch (VaultException refusal) {
        return Effect.refused(refusal, events.refused("unknown-job"));
      }
    }
  }
}
