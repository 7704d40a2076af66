package io.scrip.vault;

import io.scrip.crypto.CryptoException;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import io.scrip.policy.Decision;
import io.scrip.policy.Policy;
import io.scrip.policy.View;
import io.scrip.vault.MappingFinder.Finding;
import io.scrip.vault.MappingFinder.Target;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Gives values back. No value leaves before the event that says so is durable. */
@Singleton
public final class Detokenizer {
  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final MappingFinder finder;
  private final MappingSealer sealer;
  private final Work<Reveal, Revealed> reveals = this::reveal;

  Detokenizer(
      Journal journal, Gate gate, Catalog catalog, MappingFinder finder, MappingSealer sealer) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.finder = finder;
    this.sealer = sealer;
  }

  /**
   * @return fails with {@link VaultException.AccessDenied} when the caller may not at all;
   *     otherwise one future for each request, in order, each failing for itself with {@link
   *     VaultException.AccessDenied} or {@link VaultException.TokenNotFound}
   */
  public CompletableFuture<List<CompletableFuture<Revealed>>> detokenize(
      Call call, List<Request> requests) {
    return gate.<List<CompletableFuture<Revealed>>>refusal(call, Action.DETOKENIZE)
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    journal.submitAll(reveals, reveals(call, requests))));
  }

  private List<Reveal> reveals(Call call, List<Request> requests) {
    return requests.stream()
        .map(
            request -> {
              Target target = finder.target(call.caller().tenant(), request.ref);
              Events events = Events.of(call, Action.DETOKENIZE).withPurpose(request.purpose);
              return new Reveal(target, request.view, target.note(events));
            })
        .toList();
  }

  private List<Effect<Revealed>> reveal(Transaction tx, List<Reveal> group) {
    Catalog.Snapshot rules = catalog.refresh(tx);
    List<Finding> found = finder.find(tx, rules, group.stream().map(Reveal::target).toList());
    List<Effect<Revealed>> effects = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      effects.add(reveal(rules, group.get(i), found.get(i)));
    }
    return effects;
  }

  private Effect<Revealed> reveal(Catalog.Snapshot rules, Reveal asked, Finding found) {
    return switch (found) {
      case Finding.Gone(String reason, Optional<Mapping> row) ->
          Effect.refused(
              new VaultException.TokenNotFound(),
              row.map(asked.events::about).orElse(asked.events).refused(reason));
      case Finding.Live(Mapping row) -> reveal(rules, asked, row);
    };
  }

  private Effect<Revealed> reveal(Catalog.Snapshot rules, Reveal asked, Mapping row) {
    Events events = asked.events.about(row);
    Optional<Template> template = rules.rules(row.tenant(), row.template());
    Optional<String> permission = template.flatMap(Template::revealPermission);
    return switch (Policy.reveal(asked.events.call().caller(), asked.view, permission)) {
      case Decision.Deny(Decision.Reason reason) ->
          Effect.refused(new VaultException.AccessDenied(reason), events.refused(reason.code()));
      case Decision.Permit(View view) -> open(template, events, row, view);
    };
  }

  private Effect<Revealed> open(
      Optional<Template> template, Events events, Mapping row, View view) {
    try {
      Plaintext data = sealer.open(row).data();
      return Effect.answered(
          new Revealed(show(template, data, view), view, row.template()),
          events.allowed(view == View.PLAIN ? "plain" : "masked"));
    } catch (CryptoException.WillNotOpen _) {
      return Effect.refused(new VaultException.TokenNotFound(), events.refused("will-not-open"));
    }
  }

  private static Plaintext show(Optional<Template> template, Plaintext data, View view) {
    return switch (view) {
      case PLAIN -> data;
      case MASKED -> {
        try (data) {
          String masked =
              template
                  .orElse(BuiltInTemplates.OPAQUE)
                  .mask()
                  .apply(data.text(PlaintextAccess.GRANTED));
          yield Plaintext.ofUtf8(masked.getBytes(StandardCharsets.UTF_8));
        }
      }
    };
  }

  /**
   * @param view the widest that the caller may have, where empty
   * @param purpose what the caller wants it for, for the audit trail; see {@link
   *     io.scrip.audit.AuditEvent}
   */
  public record Request(TokenRef ref, Optional<View> view, Optional<String> purpose) {}

  /** A value, as far as the caller may see it. */
  public record Revealed(Plaintext data, View view, String template) {}

  private record Reveal(Target target, Optional<View> view, Events events) {}
}
