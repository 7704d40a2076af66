package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.vault.Draft.Asked;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Gives tokens for values. */
@Singleton
public final class Tokenizer {
  private static final int MAX_REDRAFTS = 3;

  /** Where a draft may wait for the key table, so that no thread of the server does. */
  private final Executor waiting = Executors.newVirtualThreadPerTaskExecutor();

  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final Drafting drafting;
  private final Work<Draft, TokenInfo> insertions;
  private final Work<Object, Long> refreshes = this::refresh;

  Tokenizer(
      Journal journal, Gate gate, Catalog catalog, Drafting drafting, TokenizeWork insertions) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.drafting = drafting;
    this.insertions = insertions;
  }

  /**
   * @param key names the call, when the caller may send it again
   * @return fails with {@link VaultException.AccessDenied} when the caller may not at all;
   *     otherwise one future for each request, in order, each failing for itself with a {@link
   *     VaultException}, a {@link io.scrip.format.FormatException} or a {@link
   *     io.scrip.lease.LeaseException}
   */
  public CompletableFuture<List<CompletableFuture<TokenInfo>>> tokenize(
      Call call, List<TokenizeRequest> requests, Optional<IdempotencyKey> key) {
    return gate.<List<CompletableFuture<TokenInfo>>>refusal(call, Action.TOKENIZE)
        .orElseGet(
            () ->
                mayWait(call, requests)
                    ? CompletableFuture.supplyAsync(() -> submit(call, requests, key), waiting)
                    : CompletableFuture.completedFuture(submit(call, requests, key)));
  }

  /** A subject's first value has a key made for it, which is a commit of its own. */
  private boolean mayWait(Call call, List<TokenizeRequest> requests) {
    return requests.stream()
        .anyMatch(request -> template(call, request).filter(Template::erasable).isPresent());
  }

  private List<CompletableFuture<TokenInfo>> submit(
      Call call, List<TokenizeRequest> requests, Optional<IdempotencyKey> key) {
    List<Attempt> attempts = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      attempts.add(attempt(call, requests.get(i), key, i));
    }
    List<Draft> drafts = attempts.stream().flatMap(attempt -> attempt.draft.stream()).toList();
    Iterator<CompletableFuture<TokenInfo>> made = journal.submitAll(insertions, drafts).iterator();
    return attempts.stream().map(attempt -> attempt.answer(made)).toList();
  }

  private Attempt attempt(
      Call call, TokenizeRequest request, Optional<IdempotencyKey> key, int place) {
    Supplier<CompletableFuture<TokenInfo>> again = () -> retry(call, request, key, place, 1);
    try {
      return new Attempt(
          template(call, request)
              .map(template -> drafting.draft(new Asked(call, request, template, key, place))),
          again);
    } catch (RuntimeException unfit) {
      return new Attempt(Optional.empty(), () -> CompletableFuture.failedFuture(unfit));
    }
  }

  /**
   * The catalog in memory was behind, or knew no such template: have it read again, then once more
   * from the start.
   */
  private CompletableFuture<TokenInfo> retry(
      Call call, TokenizeRequest request, Optional<IdempotencyKey> key, int place, int round) {
    return journal
        .submit(refreshes, request)
        .thenComposeAsync(
            _ -> {
              Template template =
                  template(call, request).orElseThrow(VaultException.UnknownTemplate::new);
              Draft draft = drafting.draft(new Asked(call, request, template, key, place));
              CompletableFuture<TokenInfo> made = journal.submit(insertions, draft);
              return orRedraft(
                  made,
                  () ->
                      round >= MAX_REDRAFTS
                          ? CompletableFuture.failedFuture(keepsChanging())
                          : retry(call, request, key, place, round + 1));
            },
            waiting);
  }

  private static CompletableFuture<TokenInfo> orRedraft(
      CompletableFuture<TokenInfo> made, Supplier<CompletableFuture<TokenInfo>> redraft) {
    return made.exceptionallyCompose(
        failure ->
            failure instanceof TokenizeWork.Overtaken
                ? redraft.get()
                : CompletableFuture.failedFuture(failure));
  }

  private static RuntimeException keepsChanging() {
    return new CryptoException.KeyServiceUnavailable("template or keys change with every draft");
  }

  private Optional<Template> template(Call call, TokenizeRequest request) {
    String name = request.template().orElse(BuiltInTemplates.OPAQUE.name());
    return catalog.latest().template(call.caller().tenant(), name);
  }

  private List<Effect<Long>> refresh(Transaction tx, List<Object> waiting) {
    long version = catalog.refresh(tx).version();
    return waiting.stream()
        .<Effect<Long>>map(_ -> new Effect.Answered<>(version, List.of()))
        .toList();
  }

  /**
   * A request on its way.
   *
   * @param draft empty where its template is not known here yet, or the request does not fit it
   * @param otherwise what to do without a draft, or when the draft was overtaken by a change of its
   *     template or keys
   */
  private record Attempt(Optional<Draft> draft, Supplier<CompletableFuture<TokenInfo>> otherwise) {

    CompletableFuture<TokenInfo> answer(Iterator<CompletableFuture<TokenInfo>> made) {
      return draft.isPresent() ? orRedraft(made.next(), otherwise) : otherwise.get();
    }
  }
}
