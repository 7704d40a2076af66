package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.identity.TenantId;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Finds tokens by value or by subject. By value it tells whether a value is known, so it has a
 * permission and a budget of its own, counted here and not at the gateway.
 */
@Singleton
public final class Searcher {
  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final MappingStore store;
  private final MappingSealer sealer;
  private final Digests digests;
  private final SearchBudget budget;
  private final Work<Search, Page> searches = this::search;

  Searcher(
      Journal journal,
      Gate gate,
      Catalog catalog,
      MappingStore store,
      MappingSealer sealer,
      Digests digests,
      SearchBudget budget) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.store = store;
    this.sealer = sealer;
    this.digests = digests;
    this.budget = budget;
  }

  /**
   * Fails with {@link VaultException.AccessDenied}, {@link VaultException.SearchBudgetExhausted} or
   * {@link VaultException.TemplateNotSearchable}.
   *
   * @param after the cursor that the page before gave
   * @param limit 1 to 100
   */
  public CompletableFuture<Page> search(Call call, By by, Optional<UUID> after, int limit) {
    return gate.<Page>refusal(call, Action.SEARCH)
        .orElseGet(
            () -> {
              Search search = prepare(call, by, after, limit);
              return budget
                  .spend(call.caller().actor())
                  .<CompletableFuture<Page>>map(
                      wait ->
                          gate.refuse(
                              new VaultException.SearchBudgetExhausted(wait),
                              search.events.refused("budget-exhausted")))
                  .orElseGet(() -> journal.submit(searches, search));
            });
  }

  private Search prepare(Call call, By by, Optional<UUID> after, int limit) {
    TenantId tenant = call.caller().tenant();
    Events events = Events.of(call, Action.SEARCH);
    return switch (by) {
      case By.Value(_, String template) ->
          new Search(tenant, by, after, limit, events.aboutTemplate(template));
      case By.Subject(String subject) -> {
        LookupDigest digest =
            digests.digest(Purpose.SUBJECT, tenant, subject.getBytes(StandardCharsets.UTF_8));
        yield new Search(tenant, by, after, limit, events.aboutSubject(digest));
      }
    };
  }

  /**
   * Computed by the keys in force in the transaction. Equal values of two templates share nothing.
   */
  private Set<LookupDigest> digests(Search search) {
    return Set.copyOf(
        switch (search.by) {
          case By.Value(Plaintext data, String template) ->
              digests.each(
                  Purpose.VALUE,
                  search.tenant,
                  template.getBytes(StandardCharsets.UTF_8),
                  data.utf8(PlaintextAccess.GRANTED));
          case By.Subject(String subject) ->
              digests.each(
                  Purpose.SUBJECT, search.tenant, subject.getBytes(StandardCharsets.UTF_8));
        });
  }

  private List<StoredMapping> rows(Transaction tx, Search search) {
    Set<LookupDigest> wanted = digests(search);
    int limit = search.limit + 1;
    return switch (search.by) {
      case By.Value _ -> store.searchByValue(tx, search.tenant, wanted, search.after, limit);
      case By.Subject _ -> store.searchBySubject(tx, search.tenant, wanted, search.after, limit);
    };
  }

  private List<Effect<Page>> search(Transaction tx, List<Search> group) {
    Catalog.Snapshot rules = catalog.refresh(tx);
    return group.stream().map(search -> search(tx, rules, search)).toList();
  }

  private Effect<Page> search(Transaction tx, Catalog.Snapshot rules, Search search) {
    if (!isPossible(rules, search)) {
      return Effect.refused(
          new VaultException.TemplateNotSearchable(), search.events.refused("not-searchable"));
    }
    List<StoredMapping> rows = rows(tx, search);
    boolean more = rows.size() > search.limit;
    List<StoredMapping> page = more ? rows.subList(0, search.limit) : rows;
    Optional<UUID> next = more ? Optional.of(page.getLast().mapping().record()) : Optional.empty();
    List<io.scrip.audit.AuditEvent> events = new ArrayList<>();
    events.add(search.events.allowed());
    List<TokenInfo> found = new ArrayList<>();
    page.stream()
        .map(StoredMapping::mapping)
        .filter(row -> !rules.isMarked(row))
        .forEach(row -> describe(row, search.events, found, events));
    return new Effect.Answered<>(new Page(found, next), events);
  }

  /**
   * By value, only where rows keep its digest; of a template that nobody knows nothing is found.
   */
  private static boolean isPossible(Catalog.Snapshot rules, Search search) {
    return switch (search.by) {
      case By.Value(_, String template) ->
          rules.rules(search.tenant, template).map(Template::searchable).orElse(true);
      case By.Subject _ -> true;
    };
  }

  /** A row that does not open is left out, and the trail says so. */
  private void describe(
      Mapping row, Events search, List<TokenInfo> found, List<io.scrip.audit.AuditEvent> events) {
    try {
      found.add(Lookup.describe(sealer, row));
    } catch (CryptoException.WillNotOpen _) {
      events.add(search.about(row).refused("will-not-open"));
    }
  }

  /** What to search by. */
  public sealed interface By {
    record Value(Plaintext data, String template) implements By {}

    record Subject(String subject) implements By {
      @Override
      public String toString() {
        return "Subject[redacted]";
      }
    }
  }

  /**
   * @param next where the next page begins; empty on the last
   */
  public record Page(List<TokenInfo> tokens, Optional<UUID> next) {}

  private record Search(TenantId tenant, By by, Optional<UUID> after, int limit, Events events) {}
}
