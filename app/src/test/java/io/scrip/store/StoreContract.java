package io.scrip.store;

import io.scrip.audit.ChainedEvent;
import io.scrip.journal.Transaction;
import io.scrip.vault.Insertion;
import io.scrip.vault.Mapping;
import io.scrip.vault.MappingStore;
import io.scrip.vault.StoredMapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of all ports have in common: a database of their own, and sample rows. */
abstract class StoreContract {
  static final long SEED = 20261121;

  final Samples samples = new Samples(SEED);
  TestDatabase database;

  abstract TestDatabase open();

  @BeforeEach
  void open_database() {
    database = open();
  }

  @AfterEach
  void close_database() {
    database.close();
  }

  MappingStore mappings() {
    return database.mappings();
  }

  <T> T commit(Function<Transaction, T> work) {
    return database.commit(work);
  }

  List<Insertion> insert(Mapping... mappings) {
    return commit(tx -> mappings().insert(tx, List.of(mappings)));
  }

  Mapping inserted(MappingBuilder mapping) {
    insert(mapping.made());
    return mapping.made();
  }

  void append(ChainedEvent... events) {
    commit(
        tx -> {
          database.ledger().append(tx, List.of(events), List.of());
          return true;
        });
  }

  StoredMapping find(Mapping mapping) {
    return found(mapping).orElseThrow();
  }

  Optional<StoredMapping> found(Mapping mapping) {
    return commit(tx -> mappings().findByToken(tx, Set.of(mapping.token()))).values().stream()
        .findFirst();
  }
}
