package io.scrip.vault;

import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.RevocationMark.Target;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Templates and revocation marks in memory, as new as the database: each group of the journal reads
 * the one version counter first and loads again when it has moved. So a change on one instance
 * holds on every other from its commit on.
 */
@Singleton
public final class Catalog {
  private final CatalogStore store;
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  public Catalog(CatalogStore store) {
    this.store = store;
  }

  /** What was known when the last group was applied; a group that follows may know better. */
  Snapshot latest() {
    return snapshot;
  }

  /**
   * What holds in this transaction. Must come before the transaction's own changes to the catalog.
   */
  Snapshot refresh(Transaction tx) {
    long version = store.version(tx);
    Snapshot known = snapshot;
    if (known.version == version) {
      return known;
    }
    Snapshot loaded = Snapshot.of(version, store.templates(tx), store.marks(tx));
    snapshot = loaded;
    return loaded;
  }

  /**
   * What holds in this transaction, its own changes included; kept by nobody, since it may yet be
   * rolled back.
   */
  Snapshot peek(Transaction tx) {
    return Snapshot.of(store.version(tx), store.templates(tx), store.marks(tx));
  }

  /** The catalog at one version. */
  static final class Snapshot {
    private static final Snapshot EMPTY = new Snapshot(-1, Map.of(), List.of());

    private final long version;
    private final Map<Key, TreeMap<Integer, Revision>> templates;
    private final Map<TenantId, Map<Target, RevocationMark>> marks = new HashMap<>();

    private Snapshot(
        long version, Map<Key, TreeMap<Integer, Revision>> templates, List<RevocationMark> marks) {
      this.version = version;
      this.templates = templates;
      for (RevocationMark mark : marks) {
        this.marks
            .computeIfAbsent(mark.tenant(), _ -> new HashMap<>())
            .merge(mark.target(), mark, (a, b) -> a.version() > b.version() ? a : b);
      }
    }

    private static Snapshot of(
        long version, List<CatalogStore.TemplateRow> rows, List<RevocationMark> marks) {
      Map<Key, TreeMap<Integer, Revision>> templates = new HashMap<>();
      for (CatalogStore.TemplateRow row : rows) {
        Template template =
            TemplateText.parse(row.name(), row.revision(), row.definition(), row.description());
        templates
            .computeIfAbsent(new Key(row.tenant(), row.name()), _ -> new TreeMap<>())
            .put(row.revision(), new Revision(template, row.retired()));
      }
      return new Snapshot(version, templates, marks);
    }

    long version() {
      return version;
    }

    /** The template that new tokens of this name are made with. */
    Optional<Template> template(TenantId tenant, String name) {
      return BuiltInTemplates.find(name)
          .or(() -> newest(tenant, name).filter(newest -> !newest.retired).map(Revision::template));
    }

    /** The template that a token was made with, retired or not. */
    Optional<Template> template(TenantId tenant, String name, int revision) {
      if (revision == 0) {
        return BuiltInTemplates.find(name);
      }
      return Optional.ofNullable(revisions(tenant, name).get(revision)).map(Revision::template);
    }

    /**
     * The template whose mask and permission hold for tokens of this name, however old; the last
     * one if it is retired.
     */
    Optional<Template> rules(TenantId tenant, String name) {
      return BuiltInTemplates.find(name).or(() -> newest(tenant, name).map(Revision::template));
    }

    /** The revision that the next change of this template gets. */
    int nextRevision(TenantId tenant, String name) {
      TreeMap<Integer, Revision> revisions = revisions(tenant, name);
      return revisions.isEmpty() ? 1 : revisions.lastKey() + 1;
    }

    /** The tenant's own templates, by name. */
    List<Template> templates(TenantId tenant) {
      return templates.entrySet().stream()
          .filter(entry -> entry.getKey().tenant.equals(tenant))
          .map(entry -> entry.getValue().lastEntry().getValue())
          .filter(revision -> !revision.retired)
          .map(Revision::template)
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    }

    /** Whether a mark ends this row, though the row itself does not say so yet. */
    boolean isMarked(Mapping row) {
      Map<Target, RevocationMark> ofTenant = marks.getOrDefault(row.tenant(), Map.of());
      return !ofTenant.isEmpty()
          && (isOlder(row, ofTenant.get(new Target.Creator(row.creator())))
              || isOlder(row, ofTenant.get(new Target.OfTemplate(row.template())))
              || row.subject()
                  .filter(subject -> isOlder(row, ofTenant.get(new Target.Subject(subject))))
                  .isPresent());
    }

    Collection<RevocationMark> marks() {
      return marks.values().stream().flatMap(ofTenant -> ofTenant.values().stream()).toList();
    }

    private static boolean isOlder(
        Mapping row, @org.jspecify.annotations.Nullable RevocationMark mark) {
      return mark != null && row.catalogVersion() < mark.version();
    }

    private Optional<Revision> newest(TenantId tenant, String name) {
      return Optional.ofNullable(revisions(tenant, name).lastEntry()).map(Map.Entry::getValue);
    }

    private TreeMap<Integer, Revision> revisions(TenantId tenant, String name) {
      return templates.getOrDefault(new Key(tenant, name), new TreeMap<>());
    }

    private record Key(TenantId tenant, String name) {}

    private record Revision(Template template, boolean retired) {}
  }
}
