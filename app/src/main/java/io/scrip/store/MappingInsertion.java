package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.journal.Transaction;
import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Inserts a list in one statement. Uniqueness is the database's alone. A transaction that presumes
 * that nothing collides fails as a whole when something does; another inserts what does not
 * collide, and asks what was in the way of the rest.
 */
final class MappingInsertion {
  /**
   * How often to try again when what was in the way is gone before we look: purged or released by
   * another instance. Each further round needs another such coincidence.
   */
  private static final int ROUNDS = 4;

  List<Insertion> insert(Transaction tx, List<Mapping> mappings) {
    List<Mapping> ordered = InsertOrder.of(mappings);
    if (!JdbcTransaction.of(tx).presumes()) {
      return insertUntaken(tx, mappings, ordered);
    }
    MappingRows.INSERT.later(tx, ordered);
    return Collections.nCopies(mappings.size(), Insertion.DONE);
  }

  private List<Insertion> insertUntaken(
      Transaction tx, List<Mapping> mappings, List<Mapping> ordered) {
    Map<UUID, Insertion> outcomes = new HashMap<>();
    List<Mapping> waiting = ordered;
    for (int round = 0; round < ROUNDS && !waiting.isEmpty(); round++) {
      insertUntaken(tx, waiting, outcomes);
      waiting = without(waiting, outcomes);
      explain(tx, waiting, outcomes);
      waiting = without(waiting, outcomes);
    }
    if (!waiting.isEmpty()) {
      throw StoreFailure.neverSettled();
    }
    return mappings.stream().map(mapping -> outcomes.get(mapping.record())).toList();
  }

  private void insertUntaken(Transaction tx, List<Mapping> waiting, Map<UUID, Insertion> outcomes) {
    MappingRows.INSERT
        .untaken(tx, "record", waiting)
        .forEach(record -> outcomes.put(record, Insertion.DONE));
  }

  private static List<Mapping> without(List<Mapping> waiting, Map<UUID, Insertion> outcomes) {
    return waiting.stream().filter(mapping -> !outcomes.containsKey(mapping.record())).toList();
  }

  private static void explain(
      Transaction tx, List<Mapping> waiting, Map<UUID, Insertion> outcomes) {
    if (waiting.isEmpty()) {
      return;
    }
    Taken taken = Taken.of(tx, waiting);
    for (Mapping mapping : waiting) {
      taken.reason(mapping).ifPresent(reason -> outcomes.put(mapping.record(), reason));
    }
  }

  /** Which digests of some mappings stand in the table. */
  private record Taken(
      Set<LookupDigest> origins,
      Set<LookupDigest> convergences,
      Set<LookupDigest> names,
      Set<LookupDigest> tokens) {

    static Taken of(Transaction tx, List<Mapping> mappings) {
      return new Taken(
          taken(tx, "origin", optional(mappings, Mapping::origin)),
          taken(tx, "convergence", optional(mappings, Mapping::convergence)),
          taken(tx, "name", optional(mappings, Mapping::name)),
          taken(tx, "token", mappings.stream().map(Mapping::token).toList()));
    }

    /** In the order that matters to the caller: an answer that is there already comes first. */
    Optional<Insertion> reason(Mapping mapping) {
      if (mapping.origin().filter(origins::contains).isPresent()) {
        return Optional.of(Insertion.ORIGIN_TAKEN);
      }
      if (mapping.convergence().filter(convergences::contains).isPresent()) {
        return Optional.of(Insertion.VALUE_TAKEN);
      }
      if (mapping.name().filter(names::contains).isPresent()) {
        return Optional.of(Insertion.NAME_TAKEN);
      }
      return tokens.contains(mapping.token())
          ? Optional.of(Insertion.TOKEN_TAKEN)
          : Optional.empty();
    }

    private static List<LookupDigest> optional(
        List<Mapping> mappings,
        java.util.function.Function<Mapping, Optional<LookupDigest>> digest) {
      return mappings.stream().map(digest).flatMap(Optional::stream).toList();
    }

    private static Set<LookupDigest> taken(
        Transaction tx, String column, List<LookupDigest> digests) {
      if (digests.isEmpty()) {
        return Set.of();
      }
      String select = "select %1$s from scrip.tokens where %1$s = any(?)".formatted(column);
      return Set.copyOf(
          new ArrayList<>(Sql.in(tx, select).digests(digests).list(row -> row.digest(column))));
    }
  }
}
