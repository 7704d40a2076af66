package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.StoredMapping.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Mappings in a map. Keeps no audit trail, so it cannot tell to whom a value was revealed. */
final class InMemoryMappings implements MappingStore {
  private static final byte[] WIPED = {};

  /** The database's clock. */
  Instant now = Instant.parse("2026-11-21T08:00:00Z");

  private Map<UUID, Row> rows = new LinkedHashMap<>();

  private record Row(Mapping mapping, Optional<Instant> revokedAt, boolean wasConvergent) {}

  Runnable undo() {
    Map<UUID, Row> before = new LinkedHashMap<>(rows);
    return () -> rows = before;
  }

  List<Mapping> all() {
    return rows.values().stream().map(Row::mapping).toList();
  }

  /** What someone who can write to the database does. */
  void tamper(Mapping changed) {
    rows.computeIfPresent(
        changed.record(), (_, row) -> new Row(changed, row.revokedAt, row.wasConvergent));
  }

  @Override
  public List<Insertion> insert(Transaction tx, List<Mapping> mappings) {
    return mappings.stream().map(this::insert).toList();
  }

  private Insertion insert(Mapping mapping) {
    if (isTaken(Mapping::origin, mapping)) {
      return Insertion.ORIGIN_TAKEN;
    } else if (isTaken(Mapping::convergence, mapping)) {
      return Insertion.VALUE_TAKEN;
    } else if (isTaken(Mapping::name, mapping)) {
      return Insertion.NAME_TAKEN;
    } else if (isTaken(row -> Optional.of(row.token()), mapping)) {
      return Insertion.TOKEN_TAKEN;
    }
    rows.put(
        mapping.record(), new Row(mapping, Optional.empty(), mapping.convergence().isPresent()));
    return Insertion.DONE;
  }

  private boolean isTaken(Function<Mapping, Optional<LookupDigest>> part, Mapping mapping) {
    return part.apply(mapping).isPresent()
        && rows.values().stream()
            .anyMatch(row -> part.apply(row.mapping).equals(part.apply(mapping)));
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByToken(Transaction tx, Set<LookupDigest> tokens) {
    return find(row -> Optional.of(row.token()), tokens);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByName(Transaction tx, Set<LookupDigest> names) {
    return find(Mapping::name, names);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByConvergence(
      Transaction tx, Set<LookupDigest> values) {
    return find(Mapping::convergence, values);
  }

  @Override
  public Map<LookupDigest, StoredMapping> findByOrigin(Transaction tx, Set<LookupDigest> origins) {
    return find(Mapping::origin, origins);
  }

  private Map<LookupDigest, StoredMapping> find(
      Function<Mapping, Optional<LookupDigest>> part, Set<LookupDigest> wanted) {
    Map<LookupDigest, StoredMapping> found = new HashMap<>();
    for (Row row : rows.values()) {
      part.apply(row.mapping)
          .filter(wanted::contains)
          .ifPresent(digest -> found.put(digest, stored(row)));
    }
    return found;
  }

  @Override
  public List<StoredMapping> searchByValue(
      Transaction tx, TenantId tenant, Set<LookupDigest> values, Optional<UUID> after, int limit) {
    return search(
        row -> row.tenant().equals(tenant) && row.value().filter(values::contains).isPresent(),
        after,
        limit);
  }

  @Override
  public List<StoredMapping> searchBySubject(
      Transaction tx,
      TenantId tenant,
      Set<LookupDigest> subjects,
      Optional<UUID> after,
      int limit) {
    return search(
        row -> row.tenant().equals(tenant) && row.subject().filter(subjects::contains).isPresent(),
        after,
        limit);
  }

  private List<StoredMapping> search(Predicate<Mapping> matches, Optional<UUID> after, int limit) {
    Comparator<Mapping> order = Comparator.comparing(row -> row.record().toString());
    Optional<Mapping> last = after.map(rows::get).map(Row::mapping);
    return live()
        .filter(row -> matches.test(row.mapping))
        .filter(row -> last.isEmpty() || order.compare(row.mapping, last.get()) > 0)
        .sorted(Comparator.comparing(Row::mapping, order))
        .limit(limit)
        .map(this::stored)
        .toList();
  }

  @Override
  public Map<UUID, StoredMapping> lock(Transaction tx, Set<UUID> records) {
    return rows.values().stream()
        .filter(row -> records.contains(row.mapping.record()))
        .collect(Collectors.toMap(row -> row.mapping.record(), this::stored));
  }

  @Override
  public void release(Transaction tx, Set<UUID> records) {
    records.forEach(
        record ->
            rows.computeIfPresent(
                record,
                (_, row) ->
                    new Row(
                        freed(row.mapping, row.mapping.sealed()),
                        row.revokedAt,
                        row.wasConvergent)));
  }

  @Override
  public void renew(Transaction tx, List<Renewal> renewals) {
    for (Renewal renewal : renewals) {
      Optional.ofNullable(rows.get(renewal.record()))
          .filter(row -> state(row) == State.LIVE)
          .ifPresent(
              row ->
                  tamper(row.mapping.withExpiry(renewal.expiresAt()).withRowMac(renewal.rowMac())));
    }
  }

  @Override
  public Set<UUID> revoke(Transaction tx, Set<UUID> records, Instant at) {
    Set<UUID> live =
        live()
            .map(row -> row.mapping.record())
            .filter(records::contains)
            .collect(Collectors.toSet());
    records.forEach(record -> end(record, at));
    return live;
  }

  private void end(UUID record, Instant at) {
    rows.computeIfPresent(
        record,
        (_, row) ->
            row.revokedAt.isPresent()
                ? row
                : new Row(freed(row.mapping, WIPED), Optional.of(at), row.wasConvergent));
  }

  @Override
  public long revokeRevealedTo(
      Transaction tx, TenantId tenant, String actor, Instant since, Instant at) {
    throw new UnsupportedOperationException("no trail here");
  }

  @Override
  public long countMarked(Transaction tx, RevocationMark mark) {
    return marked(mark).count();
  }

  @Override
  public long countMarked(Transaction tx, RevocationMark mark, Set<Long> dataKeys) {
    return marked(mark).filter(row -> dataKeys.contains(row.mapping.dataKeyId())).count();
  }

  @Override
  public int settle(Transaction tx, RevocationMark mark, Instant at, int limit) {
    List<Row> chunk = marked(mark).limit(limit).toList();
    chunk.forEach(row -> end(row.mapping.record(), at));
    return chunk.size();
  }

  private Stream<Row> marked(RevocationMark mark) {
    return live()
        .filter(row -> row.mapping.tenant().equals(mark.tenant()))
        .filter(row -> row.mapping.catalogVersion() < mark.version())
        .filter(row -> covers(mark.target(), row.mapping));
  }

  private static boolean covers(RevocationMark.Target target, Mapping row) {
    return switch (target) {
      case RevocationMark.Target.Subject(LookupDigest digest) ->
          row.subject().equals(Optional.of(digest));
      case RevocationMark.Target.Creator(LookupDigest digest) -> row.creator().equals(digest);
      case RevocationMark.Target.OfTemplate(String name) -> row.template().equals(name);
    };
  }

  @Override
  public int purge(Transaction tx, Instant before, int limit) {
    List<UUID> ended =
        rows.values().stream()
            .filter(row -> endedBefore(row, before))
            .map(row -> row.mapping.record())
            .limit(limit)
            .toList();
    ended.forEach(rows::remove);
    return ended.size();
  }

  private boolean endedBefore(Row row, Instant before) {
    return switch (state(row)) {
      case LIVE -> false;
      case EXPIRED -> row.mapping.expiresAt().orElseThrow().isBefore(before);
      case REVOKED -> !row.wasConvergent && row.revokedAt.orElseThrow().isBefore(before);
    };
  }

  private Stream<Row> live() {
    return rows.values().stream().filter(row -> state(row) == State.LIVE);
  }

  private State state(Row row) {
    if (row.revokedAt.isPresent()) {
      return State.REVOKED;
    }
    return row.mapping.expiresAt().filter(end -> !end.isAfter(now)).isPresent()
        ? State.EXPIRED
        : State.LIVE;
  }

  private StoredMapping stored(Row row) {
    State state = state(row);
    Mapping mapping = row.mapping;
    return new StoredMapping(
        state == State.LIVE ? mapping : Mappings.with(mapping, "sealed", WIPED), state);
  }

  private static Mapping freed(Mapping mapping, byte[] sealed) {
    Mapping free = Mappings.with(mapping, "name", Optional.empty());
    free = Mappings.with(free, "convergence", Optional.empty());
    free = Mappings.with(free, "origin", Optional.empty());
    return Mappings.with(free, "sealed", sealed);
  }
}
