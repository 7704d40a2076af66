package io.scrip.store;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.journal.Ledger;
import io.scrip.journal.Transaction;
import java.util.List;
import java.util.function.Function;

/** Commits groups and appends to the tables of {@code scrip_audit}. */
final class JdbcLedger implements Ledger {
  private static final byte[] EMPTY_TRAIL = new byte[32];
  private static final String LATEST_HEAD =
      """
      select hash from scrip_audit.audit_events
      where chain = (select max(ordinal) from scrip_audit.audit_chains)
      order by sequence desc limit 1
      """;

  private final Database database;
  private final ChainOrdinals chains = new ChainOrdinals();

  JdbcLedger(Database database) {
    this.database = database;
  }

  @Override
  public <T> T commit(Function<Transaction, T> work) {
    return database.write(work);
  }

  @Override
  public <T> T commitRepeatable(Function<Transaction, T> work) {
    return database.writeRepeatable(work);
  }

  @Override
  public int maxWriters() {
    return switch (database.dialect()) {
      case H2 -> 1;
      case POSTGRESQL -> Integer.MAX_VALUE;
    };
  }

  @Override
  public byte[] lockLatestHead(Transaction tx) {
    database.dialect().lockChains().ifPresent(lock -> Sql.in(tx, lock).first(_ -> true));
    return Sql.in(tx, LATEST_HEAD).first(row -> row.bytes("hash")).orElse(EMPTY_TRAIL);
  }

  @Override
  public void append(Transaction tx, List<ChainedEvent> events, List<Checkpoint> checkpoints) {
    events.stream()
        .filter(event -> event.sequence() == 1)
        .forEach(event -> chains.open(tx, event.chain()));
    TrailRows.EVENTS.later(tx, placed(tx, events, ChainedEvent::chain));
    TrailRows.CHECKPOINTS.later(tx, placed(tx, checkpoints, Checkpoint::chain));
  }

  private <T> List<Placed<T>> placed(Transaction tx, List<T> all, Function<T, String> chain) {
    return all.stream().map(one -> new Placed<>(chains.of(tx, chain.apply(one)), one)).toList();
  }
}
