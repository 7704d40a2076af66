package io.scrip.vault;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Ledger;
import io.scrip.journal.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Every store of the vault in memory, with one clock and one transaction at a time, which a failure
 * rolls back.
 */
final class InMemoryStores implements Ledger, CatalogStore, IdempotencyStore {
  private static final Transaction TX = new Transaction() {};

  final InMemoryMappings mappings = new InMemoryMappings();
  private long version;
  private long nextMark = 1;
  private List<TemplateRow> templates = new ArrayList<>();
  private List<RevocationMark> marks = new ArrayList<>();
  private Map<LookupDigest, Guard> guards = new HashMap<>();
  private KeyState keys;

  InMemoryStores(KeyState keys) {
    this.keys = keys;
  }

  @Override
  public <T> T commit(Function<Transaction, T> work) {
    Runnable undo = undo();
    try {
      return work.apply(TX);
    } catch (RuntimeException failure) {
      undo.run();
      throw failure;
    }
  }

  private Runnable undo() {
    Runnable undoMappings = mappings.undo();
    long versionBefore = version;
    List<TemplateRow> templatesBefore = new ArrayList<>(templates);
    List<RevocationMark> marksBefore = new ArrayList<>(marks);
    Map<LookupDigest, Guard> guardsBefore = new HashMap<>(guards);
    KeyState keysBefore = keys;
    return () -> {
      undoMappings.run();
      version = versionBefore;
      templates = templatesBefore;
      marks = marksBefore;
      guards = guardsBefore;
      keys = keysBefore;
    };
  }

  @Override
  public <T> T commitRepeatable(Function<Transaction, T> work) {
    return commit(work);
  }

  @Override
  public int maxWriters() {
    return 1;
  }

  @Override
  public byte[] lockLatestHead(Transaction tx) {
    return new byte[32];
  }

  @Override
  public void append(Transaction tx, List<ChainedEvent> events, List<Checkpoint> checkpoints) {}

  @Override
  public long version(Transaction tx) {
    return version;
  }

  @Override
  public boolean isStill(Transaction tx, long known) {
    return version == known;
  }

  @Override
  public boolean isStillHeld(Transaction tx, long known) {
    return version == known;
  }

  @Override
  public KeyState keys(Transaction tx) {
    return keys;
  }

  @Override
  public long bump(Transaction tx) {
    return ++version;
  }

  @Override
  public List<TemplateRow> templates(Transaction tx) {
    return List.copyOf(templates);
  }

  @Override
  public void insertTemplate(Transaction tx, TemplateRow template) {
    templates.add(template);
  }

  @Override
  public void retireTemplate(Transaction tx, TenantId tenant, String name) {
    templates.replaceAll(
        row ->
            row.tenant().equals(tenant) && row.name().equals(name)
                ? new TemplateRow(
                    tenant, name, row.revision(), row.definition(), true, row.description())
                : row);
  }

  @Override
  public List<RevocationMark> marks(Transaction tx) {
    return List.copyOf(marks);
  }

  @Override
  public RevocationMark insertMark(
      Transaction tx, TenantId tenant, RevocationMark.Target target, long at) {
    RevocationMark mark = new RevocationMark(nextMark++, tenant, target, at);
    marks.add(mark);
    return mark;
  }

  @Override
  public void deleteMark(Transaction tx, long id) {
    marks.removeIf(mark -> mark.id() == id);
  }

  @Override
  public Map<LookupDigest, LookupDigest> remember(Transaction tx, Collection<Guard> wanted) {
    Instant now = mappings.now;
    Map<LookupDigest, LookupDigest> bodies = new HashMap<>();
    for (Guard guard : wanted) {
      Guard stands =
          guards.merge(
              guard.key(), guard, (old, fresh) -> old.expiresAt().isAfter(now) ? old : fresh);
      bodies.put(guard.key(), stands.body());
    }
    return bodies;
  }

  @Override
  public Map<LookupDigest, LookupDigest> find(Transaction tx, Collection<LookupDigest> wanted) {
    Map<LookupDigest, LookupDigest> bodies = new HashMap<>();
    guards.values().stream()
        .filter(guard -> wanted.contains(guard.key()) && guard.expiresAt().isAfter(mappings.now))
        .forEach(guard -> bodies.put(guard.key(), guard.body()));
    return bodies;
  }

  @Override
  public int purge(Transaction tx, int limit) {
    List<LookupDigest> expired =
        guards.values().stream()
            .filter(guard -> !guard.expiresAt().isAfter(mappings.now))
            .map(Guard::key)
            .limit(limit)
            .toList();
    expired.forEach(guards::remove);
    return expired.size();
  }

  int guardCount() {
    return guards.size();
  }
}
