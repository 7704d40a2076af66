package io.scrip.vault;

import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.TenantId;
import io.scrip.journal.Effect;
import io.scrip.journal.Journal;
import io.scrip.journal.Transaction;
import io.scrip.journal.Work;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The tenant's templates. A change makes a new revision; tokens that exist keep the one that drew
 * them.
 */
@Singleton
public final class Templates {
  private final Journal journal;
  private final Gate gate;
  private final Catalog catalog;
  private final CatalogStore store;
  private final LimitsConfig limits;
  private final Work<Query, List<Template>> queries = this::answer;
  private final Work<Change, Put> changes = this::put;
  private final Work<Removal, Boolean> removals = this::delete;

  Templates(Journal journal, Gate gate, Catalog catalog, CatalogStore store, LimitsConfig limits) {
    this.journal = journal;
    this.gate = gate;
    this.catalog = catalog;
    this.store = store;
    this.limits = limits;
  }

  /** Built-in templates first, then the tenant's own, each by name. */
  public CompletableFuture<List<Template>> list(Call call) {
    return query(
        call,
        new Query(
            call.caller().tenant(), Optional.empty(), Events.of(call, Action.READ_TEMPLATES)));
  }

  /** Fails with {@link VaultException.TemplateNotFound}. */
  public CompletableFuture<Template> get(Call call, String name) {
    Events events = Events.of(call, Action.READ_TEMPLATES);
    Query query =
        new Query(
            call.caller().tenant(),
            Optional.of(name),
            Template.isName(name) ? events.aboutTemplate(name) : events);
    return query(call, query).thenApply(List::getFirst);
  }

  private CompletableFuture<List<Template>> query(Call call, Query query) {
    return gate.<List<Template>>refusal(call, Action.READ_TEMPLATES)
        .orElseGet(() -> journal.submit(queries, query));
  }

  /** Fails with {@link VaultException.TemplateBuiltIn} or {@link VaultException.LimitExceeded}. */
  public CompletableFuture<Put> put(Call call, Template template) {
    Events events = Events.of(call, Action.WRITE_TEMPLATE).aboutTemplate(template.name());
    return gate.<Put>refusal(call, Action.WRITE_TEMPLATE)
        .orElseGet(
            () ->
                journal.submitSlow(changes, new Change(call.caller().tenant(), template, events)));
  }

  /**
   * Fails with {@link VaultException.TemplateNotFound} or {@link VaultException.TemplateBuiltIn}.
   */
  public CompletableFuture<Boolean> delete(Call call, String name) {
    Events events = Events.of(call, Action.DELETE_TEMPLATE);
    Removal removal =
        new Removal(
            call.caller().tenant(),
            name,
            Template.isName(name) ? events.aboutTemplate(name) : events);
    return gate.<Boolean>refusal(call, Action.DELETE_TEMPLATE)
        .orElseGet(() -> journal.submitSlow(removals, removal));
  }

  private List<Effect<List<Template>>> answer(Transaction tx, List<Query> group) {
    Catalog.Snapshot now = catalog.refresh(tx);
    return group.stream().map(query -> answer(now, query)).toList();
  }

  private static Effect<List<Template>> answer(Catalog.Snapshot now, Query query) {
    if (query.name.isEmpty()) {
      List<Template> all = new ArrayList<>(BuiltInTemplates.all());
      all.addAll(now.templates(query.tenant));
      return Effect.answered(all, query.events.allowed());
    }
    return now.template(query.tenant, query.name.get())
        .map(template -> Effect.answered(List.of(template), query.events.allowed()))
        .orElseGet(
            () ->
                Effect.refused(
                    new VaultException.TemplateNotFound(), query.events.refused("unknown")));
  }

  private List<Effect<Put>> put(Transaction tx, List<Change> group) {
    return group.stream().map(change -> put(tx, change)).toList();
  }

  private Effect<Put> put(Transaction tx, Change change) {
    if (BuiltInTemplates.find(change.template.name()).isPresent()) {
      return Effect.refused(
          new VaultException.TemplateBuiltIn(), change.events.refused("built-in"));
    }
    store.bump(tx); // first, so that changes are made one after another, each seeing the one before
    Catalog.Snapshot now = catalog.peek(tx);
    boolean created = now.template(change.tenant, change.template.name()).isEmpty();
    if (created && now.templates(change.tenant).size() >= limits.maxTemplates()) {
      return Effect.refused(tooMany(), change.events.refused("too-many-templates"));
    }
    Template next =
        change.template.withRevision(now.nextRevision(change.tenant, change.template.name()));
    store.insertTemplate(
        tx,
        new CatalogStore.TemplateRow(
            change.tenant,
            next.name(),
            next.revision(),
            TemplateText.print(next),
            false,
            next.description()));
    return Effect.answered(new Put(next, created), change.events.allowed());
  }

  private VaultException tooMany() {
    return new VaultException.LimitExceeded(
        VaultException.Limit.TEMPLATE_COUNT,
        "A tenant has at most " + limits.maxTemplates() + " templates.");
  }

  private List<Effect<Boolean>> delete(Transaction tx, List<Removal> group) {
    return group.stream().map(removal -> delete(tx, removal)).toList();
  }

  private Effect<Boolean> delete(Transaction tx, Removal removal) {
    if (BuiltInTemplates.find(removal.name).isPresent()) {
      return Effect.refused(
          new VaultException.TemplateBuiltIn(), removal.events.refused("built-in"));
    }
    store.bump(tx);
    if (catalog.peek(tx).template(removal.tenant, removal.name).isEmpty()) {
      return Effect.refused(
          new VaultException.TemplateNotFound(), removal.events.refused("unknown"));
    }
    store.retireTemplate(tx, removal.tenant, removal.name);
    return Effect.answered(true, removal.events.allowed());
  }

  /**
   * @param created whether the tenant had none of this name
   */
  public record Put(Template template, boolean created) {}

  private record Query(TenantId tenant, Optional<String> name, Events events) {}

  private record Change(TenantId tenant, Template template, Events events) {}

  private record Removal(TenantId tenant, String name, Events events) {}
}
