package io.scrip.vault;

import io.scrip.audit.AuditEvent;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.Plane;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Work;
import io.scrip.policy.Decision;
import io.scrip.policy.Planes;
import io.scrip.policy.Policy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where a caller is let through or turned away, before anything is looked at. A refusal is on
 * record before it is answered.
 */
@Singleton
final class Gate {
  private static final Work<Denial, Object> RECORD_DENIALS =
      (_, denials) -> denials.stream().map(Denial::effect).toList();

  private final Journal journal;
  private final Plane plane;

  Gate(Journal journal, Plane plane) {
    this.journal = journal;
    this.plane = plane;
  }

  /**
   * @return empty when the caller may and this process does such a thing; otherwise what completes
   *     with {@link VaultException.AccessDenied}, or for who may with {@link
   *     VaultException.WrongPlane}, once the refusal is durable
   */
  <R> Optional<CompletableFuture<R>> refusal(Call call, Action action) {
    return switch (Policy.decide(call.caller(), action)) {
      case Decision.Permit _ when Planes.does(plane, action) -> Optional.empty();
      case Decision.Permit _ ->
          Optional.of(
              refuse(
                  new VaultException.WrongPlane(), Events.of(call, action).refused("wrong-plane")));
      case Decision.Deny(Decision.Reason reason) ->
          Optional.of(
              refuse(
                  new VaultException.AccessDenied(reason),
                  Events.of(call, action).refused(reason.code())));
    };
  }

  @SuppressWarnings("unchecked") // never completes with a value
  <R> CompletableFuture<R> refuse(VaultException refusal, AuditEvent event) {
    return (CompletableFuture<R>) journal.submit(RECORD_DENIALS, new Denial(refusal, event));
  }

  private record Denial(VaultException refusal, AuditEvent event) {
    Effect<Object> effect() {
      return Effect.refused(refusal, event);
    }
  }
}
