package io.scrip.vault;

import io.scrip.crypto.Digests;
import io.scrip.crypto.Digests.Purpose;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Ledger;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.vault.MappingFinder.Finding;
import io.scrip.vault.MappingFinder.Target;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ends tokens: one, or a tree of them. A tree is ended by one mark that holds from its commit on,
 * whatever the number of tokens; counting them, and settling the mark into the rows, come after.
 */
@Singleton
public final class Revoker {
  private final Journal journal;
  private final Ledger ledger;
  private final Gate gate;
  private final Catalog catalog;
  private final CatalogStore catalogStore;
  private final MappingFinder finder;
  private final MappingStore store;
  private final Digests digests;
  private final InstantSource clock;
  private final Executor counting = Executors.newVirtualThreadPerTaskExecutor();
  private final Work<One, Long> ones = this::revokeEach;
  private final Work<Tree, List<RevocationMark>> marks = this::mark;
  private final Work<Shown, Long> shown = this::revokeShown;

  Revoker(
      Journal journal,
      Ledger ledger,
      Gate gate,
      Catalog catalog,
      CatalogStore catalogStore,
      MappingFinder finder,
      MappingStore store,
      Digests digests,
      InstantSource clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.gate = gate;
    this.catalog = catalog;
    this.catalogStore = catalogStore;
    this.finder = finder;
    this.store = store;
    this.digests = digests;
    this.clock = clock;
  }

  /**
   * Fails with {@link VaultException.AccessDenied}.
   *
   * @return how many live tokens were ended; 0 alike for one that is unknown, expired or ended
   *     already
   */
  public CompletableFuture<Long> revoke(Call call, What what) {
    return gate.<Long>refusal(call, Action.REVOKE).orElseGet(() -> revokeAs(call, what));
  }

  private CompletableFuture<Long> revokeAs(Call call, What what) {
    TenantId tenant = call.caller().tenant();
    Events events = Events.of(call, Action.REVOKE);
    return switch (what) {
      case What.One(TokenRef ref) -> {
        Target target = finder.target(tenant, ref);
        yield journal.submit(ones, new One(target, target.note(events)));
      }
      case What.OfSubject(String subject) -> {
        var digest = digests.digest(Purpose.SUBJECT, tenant, utf8(subject));
        yield revokeTree(new Tree(tenant, what, "by-subject", events.aboutSubject(digest)));
      }
      case What.CreatedBy _ -> revokeTree(new Tree(tenant, what, "by-creator", events));
      case What.OfTemplate(String name) ->
          revokeTree(new Tree(tenant, what, "by-template", events.aboutTemplate(name)));
      case What.RevealedTo(String actor, Instant since) ->
          journal.submitSlow(shown, new Shown(tenant, actor, since, events));
    };
  }

  private CompletableFuture<Long> revokeTree(Tree tree) {
    return journal
        .submitSlow(marks, tree)
        .thenApplyAsync(
            made ->
                ledger.commit(
                    tx -> made.stream().mapToLong(mark -> store.countMarked(tx, mark)).sum()),
            counting);
  }

  private List<Effect<Long>> revokeEach(Transaction tx, List<One> group) {
    List<Finding> found =
        finder.find(tx, catalog.refresh(tx), group.stream().map(One::target).toList());
    Set<UUID> live =
        found.stream()
            .filter(Finding.Live.class::isInstance)
            .map(finding -> ((Finding.Live) finding).row().record())
            .collect(Collectors.toSet());
    Set<UUID> ended = new HashSet<>(store.revoke(tx, live, clock.instant()));
    return IntStream.range(0, group.size())
        .mapToObj(i -> ended(group.get(i).events, found.get(i), ended))
        .toList();
  }

  /**
   * @param ended what this group has ended; the first who asked for it is told so, and it is taken
   *     out
   */
  private static Effect<Long> ended(Events events, Finding found, Set<UUID> ended) {
    return switch (found) {
      case Finding.Live(Mapping row) when ended.remove(row.record()) ->
          Effect.answered(1L, events.about(row).allowed());
      case Finding.Live(Mapping row) ->
          Effect.answered(0L, events.about(row).refused(MappingFinder.REVOKED));
      case Finding.Gone gone ->
          Effect.answered(0L, gone.row().map(events::about).orElse(events).refused(gone.reason()));
    };
  }

  private List<Effect<List<RevocationMark>>> mark(Transaction tx, List<Tree> trees) {
    return trees.stream()
        .map(tree -> Effect.answered(marks(tx, tree), tree.events.allowed(tree.reason)))
        .toList();
  }

  /**
   * The version is raised first, which holds off a rotation: then the marks name every digest that
   * a covered row may have, one mark for each version of the keys.
   */
  private List<RevocationMark> marks(Transaction tx, Tree tree) {
    catalog.refresh(tx);
    long version = catalogStore.bump(tx);
    return targets(catalog.peek(tx).keys(), tree).stream()
        .map(target -> catalogStore.insertMark(tx, tree.tenant, target, version))
        .toList();
  }

  private List<RevocationMark.Target> targets(KeyState keys, Tree tree) {
    return switch (tree.what) {
      case What.OfSubject(String subject) ->
          each(keys, Purpose.SUBJECT, tree.tenant, subject, RevocationMark.Target.Subject::new);
      case What.CreatedBy(String actor) ->
          each(keys, Purpose.CREATOR, tree.tenant, actor, RevocationMark.Target.Creator::new);
      case What.OfTemplate(String name) -> List.of(new RevocationMark.Target.OfTemplate(name));
      case What.One _, What.RevealedTo _ -> List.of(); // no trees
    };
  }

  private List<RevocationMark.Target> each(
      KeyState keys,
      Purpose purpose,
      TenantId tenant,
      String text,
      Function<LookupDigest, RevocationMark.Target> target) {
    return keys.digestVersions().stream()
        .map(version -> target.apply(digests.digest(version, purpose, tenant, utf8(text))))
        .toList();
  }

  private List<Effect<Long>> revokeShown(Transaction tx, List<Shown> group) {
    return group.stream()
        .map(
            asked -> {
              long ended =
                  store.revokeRevealedTo(
                      tx, asked.tenant, asked.actor, asked.since, clock.instant());
              return Effect.answered(ended, asked.events.allowed("by-reveal"));
            })
        .toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What is to end. */
  public sealed interface What {
    record One(TokenRef ref) implements What {}

    /** All that is about one subject. */
    record OfSubject(String subject) implements What {
      @Override
      public String toString() {
        return "OfSubject[redacted]";
      }
    }

    /**
     * All that one actor made.
     *
     * @param actor the {@code sub} of its access tokens
     */
    record CreatedBy(String actor) implements What {}

    record OfTemplate(String name) implements What {}

    /**
     * All that one actor has been shown.
     *
     * @param actor the {@code sub} of its access tokens
     */
    record RevealedTo(String actor, Instant since) implements What {}
  }

  private record One(Target target, Events events) {}

  private record Tree(TenantId tenant, What what, String reason, Events events) {}

  private record Shown(TenantId tenant, String actor, Instant since, Events events) {}
}
