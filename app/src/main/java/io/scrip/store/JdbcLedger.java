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
      where chain = (select chain from scrip_audit.audit_chains order by ordinal desc limit 1)
      order by sequence desc limit 1
      """;

  private final Database database;

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
    var opened = events.stream().filter(event -> event.sequence() == 1).toList();
    TrailRows.CHAINS.later(tx, opened);
    TrailRows.EVENTS.later(tx, events);
    TrailRows.CHECKPOINTS.later(tx, checkpoints);
  }
}
