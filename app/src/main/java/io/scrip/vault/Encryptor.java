package io.scrip.vault;

import io.scrip.crypto.CiphertextSealer;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.Call;
import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.journal.Sums;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Seals values for callers who keep them themselves.
 *
 * <p>Nothing is stored and nothing revealed, so that an event for each would be most of the work:
 * the trail has sums, one event for each caller and second, whose reason is {@code sealed-} and how
 * many. While they cannot be written, nothing is sealed.
 */
@Singleton
public final class Encryptor {
  private final Gate gate;
  private final CiphertextSealer sealer;
  private final Sums sums;

  Encryptor(Gate gate, CiphertextSealer sealer, Sums sums) {
    this.gate = gate;
    this.sealer = sealer;
    this.sums = sums;
  }

  /**
   * All or none.
   *
   * @return the ciphertexts in order; fails with {@link VaultException.AccessDenied}, {@link
   *     VaultException.WrongPlane}, {@link io.scrip.crypto.CryptoException.KeyServiceUnavailable}
   *     or a {@link io.scrip.journal.JournalException}
   */
  public CompletableFuture<List<String>> encrypt(Call call, List<Request> requests) {
    return gate.<List<String>>refusal(call, Action.ENCRYPT).orElseGet(() -> seal(call, requests));
  }

  /** The first key takes the key table and some time, for which no event loop has to wait. */
  private CompletableFuture<List<String>> seal(Call call, List<Request> requests) {
    return sealer.isReady()
        ? sealNow(call, requests)
        : CompletableFuture.supplyAsync(() -> sealNow(call, requests), Thread::startVirtualThread)
            .thenCompose(Function.identity());
  }

  private CompletableFuture<List<String>> sealNow(Call call, List<Request> requests) {
    List<String> made = requests.stream().map(request -> seal(call, request)).toList();
    return sums.add(
            new Sealings(call.caller().actor(), call.caller().tenant()),
            made.size(),
            count -> Events.of(call, Action.ENCRYPT).allowed("sealed-" + count))
        .thenApply(_ -> made);
  }

  private String seal(Call call, Request request) {
    try (Plaintext data = request.data) {
      return sealer.seal(
          data.utf8(PlaintextAccess.GRANTED), request.context.boundTo(call.caller().tenant()));
    }
  }

  /**
   * @param data 1 byte or more; wiped once it is sealed
   * @param context has to be brought again to open it
   */
  public record Request(Plaintext data, SealingContext context) {}

  /** Whose values are counted together. */
  private record Sealings(Actor actor, TenantId tenant) {}
}
