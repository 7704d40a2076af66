package io.scrip.vault;

import io.scrip.crypto.CiphertextSealer;
import io.scrip.crypto.CiphertextSealer.Opening;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.Plaintext;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Work;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Opens what {@link Encryptor} made, or puts it under the key of today. Nothing leaves before the
 * event that says so is durable.
 */
@Singleton
public final class Decryptor {
  private final Journal journal;
  private final Gate gate;
  private final CiphertextSealer sealer;
  private final Work<Effect<Plaintext>, Plaintext> reveals = (_, effects) -> effects;
  private final Work<Effect<String>, String> rewraps = (_, effects) -> effects;

  Decryptor(Journal journal, Gate gate, CiphertextSealer sealer) {
    this.journal = journal;
    this.gate = gate;
    this.sealer = sealer;
  }

  /**
   * @return fails with {@link VaultException.AccessDenied} or {@link VaultException.WrongPlane}
   *     when nothing is opened here for this caller; otherwise one future for each request, in
   *     order, each failing for itself with {@link VaultException.CiphertextNotOpened} or {@link
   *     io.scrip.crypto.CryptoException.KeyServiceUnavailable}
   */
  public CompletableFuture<List<CompletableFuture<Plaintext>>> decrypt(
      Call call, List<Request> requests) {
    return play(call, Action.DECRYPT, requests, reveals, this::reveal);
  }

  /**
   * Seals each value anew under the present data key, for the same tenant and context; nobody sees
   * it meanwhile.
   *
   * @return as {@link #decrypt}
   */
  public CompletableFuture<List<CompletableFuture<String>>> rewrap(
      Call call, List<Request> requests) {
    return play(call, Action.REWRAP, requests, rewraps, this::rewrap);
  }

  /**
   * Opening may ask the key table or the custodian, and waits for them: neither an event loop nor a
   * journal writer has the time.
   */
  private <R> CompletableFuture<List<CompletableFuture<R>>> play(
      Call call,
      Action action,
      List<Request> requests,
      Work<Effect<R>, R> work,
      BiFunction<Asked, byte[], R> answer) {
    return gate.<List<CompletableFuture<R>>>refusal(call, action)
        .orElseGet(
            () ->
                CompletableFuture.supplyAsync(
                    () -> submit(attempts(call, action, requests, answer), work),
                    Thread::startVirtualThread));
  }

  private <R> List<Attempt<R>> attempts(
      Call call, Action action, List<Request> requests, BiFunction<Asked, byte[], R> answer) {
    return requests.stream()
        .map(
            request ->
                attempt(
                    new Asked(
                        request.ciphertext,
                        request.context.boundTo(call.caller().tenant()),
                        Events.of(call, action).withPurpose(request.purpose)),
                    answer))
        .toList();
  }

  private <R> Attempt<R> attempt(Asked asked, BiFunction<Asked, byte[], R> answer) {
    try {
      return new Attempt.Decided<>(
          switch (sealer.open(asked.ciphertext, asked.bound)) {
            case Opening.Opened(byte[] plaintext) ->
                Effect.answered(answer.apply(asked, plaintext), asked.events.allowed());
            case Opening.Closed(CiphertextSealer.Flaw flaw) ->
                Effect.refused(
                    new VaultException.CiphertextNotOpened(), asked.events.refused(flaw.code()));
          });
    } catch (RuntimeException undecided) {
      return new Attempt.Failed<>(undecided);
    }
  }

  private Plaintext reveal(Asked asked, byte[] plaintext) {
    return Plaintext.ofUtf8(plaintext);
  }

  private String rewrap(Asked asked, byte[] plaintext) {
    try {
      return sealer.seal(plaintext, asked.bound);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private <R> List<CompletableFuture<R>> submit(
      List<Attempt<R>> attempts, Work<Effect<R>, R> work) {
    List<Effect<R>> decided =
        attempts.stream().flatMap(attempt -> attempt.effect().stream()).toList();
    Iterator<CompletableFuture<R>> recorded = journal.submitAll(work, decided).iterator();
    return attempts.stream()
        .map(
            attempt ->
                switch (attempt) {
                  case Attempt.Decided<R> _ -> recorded.next();
                  case Attempt.Failed<R>(RuntimeException failure) ->
                      CompletableFuture.<R>failedFuture(failure);
                })
        .toList();
  }

  /**
   * @param ciphertext whatever the caller takes for one
   * @param purpose what the caller wants it for, for the audit trail; see {@link
   *     io.scrip.audit.AuditEvent}
   */
  public record Request(String ciphertext, SealingContext context, Optional<String> purpose) {
    @Override
    public String toString() {
      return "Request[redacted]";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asked(String ciphertext, byte[] bound, Events events) {}

  /** What came of one request before it is on record. */
  private sealed interface Attempt<R> {
    default Optional<Effect<R>> effect() {
      return Optional.empty();
    }

    record Decided<R>(Effect<R> decision) implements Attempt<R> {
      @Override
      public Optional<Effect<R>> effect() {
        return Optional.of(decision);
      }
    }

    /** Nothing was decided: the keys are away. */
    record Failed<R>(RuntimeException failure) implements Attempt<R> {}
  }
}
