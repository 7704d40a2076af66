package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.vault.MappingFinder.Finding;
import io.scrip.vault.MappingFinder.Target;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells of a token all but its value. */
@Singleton
public final class Lookup {
  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final MappingFinder finder;
  private final MappingSealer sealer;
  private final Work<Question, TokenInfo> lookups = this::answer;

  Lookup(Journal journal, Gate gate, Catalog catalog, MappingFinder finder, MappingSealer sealer) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.finder = finder;
    this.sealer = sealer;
  }

  /** Fails with {@link VaultException.AccessDenied} or {@link VaultException.TokenNotFound}. */
  public CompletableFuture<TokenInfo> lookup(Call call, TokenRef ref) {
    return gate.<TokenInfo>refusal(call, Action.LOOKUP)
        .orElseGet(
            () -> {
              Target target = finder.target(call.caller().tenant(), ref);
              return journal.submit(
                  lookups, new Question(target, target.note(Events.of(call, Action.LOOKUP))));
            });
  }

  private List<Effect<TokenInfo>> answer(Transaction tx, List<Question> group) {
    List<Target> targets = group.stream().map(Question::target).toList();
    List<Finding> found = finder.find(tx, catalog.refresh(tx), targets);
    List<Effect<TokenInfo>> effects = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      effects.add(answer(group.get(i).events, found.get(i)));
    }
    return effects;
  }

  private Effect<TokenInfo> answer(Events events, Finding found) {
    return switch (found) {
      case Finding.Gone gone ->
          Effect.refused(
              new VaultException.TokenNotFound(),
              gone.row().map(events::about).orElse(events).refused(gone.reason()));
      case Finding.Live(Mapping row) -> describe(events.about(row), row);
    };
  }

  private Effect<TokenInfo> describe(Events events, Mapping row) {
    try {
      return Effect.answered(describe(sealer, row), events.allowed());
    } catch (CryptoException.WillNotOpen _) {
      return Effect.refused(new VaultException.TokenNotFound(), events.refused("will-not-open"));
    }
  }

  /** Opens the record for what stands beside the value, and wipes the value. */
  static TokenInfo describe(MappingSealer sealer, Mapping row) {
    TokenRecord content = sealer.open(row);
    content.data().close();
    return new TokenInfo(
        content.token(),
        row.template(),
        row.createdAt(),
        row.expiresAt(),
        content.name(),
        content.subject(),
        content.metadata());
  }

  private record Question(Target target, Events events) {}
}
