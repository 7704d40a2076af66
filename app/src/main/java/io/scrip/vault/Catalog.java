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
 * Templates, revocation marks and the keys in force, in memory, as new as the database: each group
 * of the journal reads the one version counter first and loads again when it has moved. So a change
 * on one instance holds on every other from its commit on.
 */
@Singleton
public final class Catalog {
  private final CatalogStore store;
  private final KeyState.Follower keys;
  private volatile Snapshot snapshot = Snapshot.EMPTY;

  /**
   * @param keys told of every change of the keys in force, before anything is done by them
   */
  public Catalog(CatalogStore store, KeyState.Follower keys) {
    this.store = store;
    this.keys = keys;
  }

  /** What was known when the last group was applied; a group that follows may know better. */
  Snapshot latest() {
    return snapshot;
  }

  /**
   * What holds in this transaction. Must come before the transaction's own changes to the catalog.
   */
  Snapshot refresh(Transaction tx) {
    Snapshot known = snapshot;
    return store.isStill(tx, known.version) ? known : renew(tx);
  }

  /**
   * The same, for whoever makes rows: no rotation comes between this and the transaction's end, so
   * that whatever it makes is found by those who come after the rotation.
   */
  Snapshot refreshHeld(Transaction tx) {
    Snapshot known = snapshot;
    return store.isStillHeld(tx, known.version) ? known : renew(tx);
  }

  private Snapshot renew(Transaction tx) {
    Snapshot loaded = load(tx);
    keys.learn(loaded.keys);
    snapshot = loaded;
    return loaded;
  }

  /**
   * What holds in this transaction, its own changes included; kept by nobody, since it may yet be
   * rolled back.
   */
  Snapshot peek(Transaction tx) {
    Snapshot loaded = load(tx);
    keys.learn(loaded.keys);
    return loaded;
  }

  private Snapshot load(Transaction tx) {
    return Snapshot.of(store.version(tx), store.keys(tx), store.templates(tx), store.marks(tx));
  }

  /** The catalog at one version. */
  static final class Snapshot {
    private static final Snapshot EMPTY =
        new Snapshot(-1, new KeyState(Map.of(), 0, 0), Map.of(), List.of());

    private final long version;
    private final KeyState keys;
    private final Map<Key, TreeMap<Integer, Revision>> templates;
    private final Map<TenantId, Map<Target, RevocationMark>> marks = new HashMap<>();

    private Snapshot(
        long version,
        KeyState keys,
        Map<Key, TreeMap<Integer, Revision>> templates,
        List<RevocationMark> marks) {
      this.version = version;
      this.keys = keys;
      this.templates = templates;
      for (RevocationMark mark : marks) {
        this.marks
            .computeIfAbsent(mark.tenant(), _ -> new HashMap<>())
            .merge(mark.target(), mark, (a, b) -> a.version() > b.version() ? a : b);
      }
    }

    private static Snapshot of(
        long version,
        KeyState keys,
        List<CatalogStore.TemplateRow> rows,
        List<RevocationMark> marks) {
      Map<Key, TreeMap<Integer, Revision>> templates = new HashMap<>();
      for (CatalogStore.TemplateRow row : rows) {
        Template template =
            TemplateText.parse(row.name(), row.revision(), row.definition(), row.description());
        templates
            .computeIfAbsent(new Key(row.tenant(), row.name()), _ -> new TreeMap<>())
            .put(row.revision(), new Revision(template, row.retired()));
      }
      return new Snapshot(version, keys, templates, marks);
    }

    long version() {
      return version;
    }

    KeyState keys() {
      return keys;
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
