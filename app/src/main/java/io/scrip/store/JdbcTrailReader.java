package io.scrip.store;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.audit.TrailReader;
import io.scrip.journal.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the tables of {@code scrip_audit}, each page from where the last one ended. */
final class JdbcTrailReader implements TrailReader {
  private static final String ORDINAL =
      "(select ordinal from scrip_audit.audit_chains where name = ?)";

  /** The first of the two says where in the index to begin, the second where exactly. */
  private static final String AFTER =
      " and at >= ? and (at, chain, sequence) > (?, " + ORDINAL + ", ?)";

  private final Database database;

  JdbcTrailReader(Database database) {
    this.database = database;
  }

  @Override
  public List<Head> heads() {
    String select =
        """
        select name, event.sequence, event.hash
        from scrip_audit.audit_chains
        join scrip_audit.audit_events event on event.chain = ordinal
          and event.sequence = (select max(last.sequence) from scrip_audit.audit_events last where last.chain = ordinal)
        order by ordinal
        """;
    return database.read(tx -> Sql.in(tx, select).list(JdbcTrailReader::head));
  }

  @Override
  public Optional<Head> latest() {
    String select =
        """
        select name, sequence, hash
        from scrip_audit.audit_events join scrip_audit.audit_chains on ordinal = chain
        order by at desc, chain desc, sequence desc limit 1
        """;
    return database.read(tx -> Sql.in(tx, select).first(JdbcTrailReader::head));
  }

  @Override
  public List<ChainedEvent> events(String chain, long after, long upTo, int limit) {
    String select =
        """
        select * from scrip_audit.audit_events
        where chain = %s and sequence > ? and sequence <= ? order by chain, sequence limit ?
        """
            .formatted(ORDINAL);
    return database.read(
        tx ->
            Sql.in(tx, TrailRows.events(select, "event.sequence"))
                .text(chain)
                .number(after)
                .number(upTo)
                .integer(limit)
                .list(TrailRows::event));
  }

  @Override
  public List<ChainedEvent> events(Filter filter, Optional<ChainedEvent> after, int limit) {
    return database.read(tx -> events(tx, filter, after, limit));
  }

  @Override
  public List<Checkpoint> checkpoints(String chain, long after, int limit) {
    String select =
        """
        select * from scrip_audit.audit_checkpoints join scrip_audit.audit_chains on ordinal = chain
        where name = ? and sequence > ? order by sequence limit ?
        """;
    return database.read(
        tx ->
            Sql.in(tx, select)
                .text(chain)
                .number(after)
                .integer(limit)
                .list(TrailRows::checkpoint));
  }

  private static List<ChainedEvent> events(
      Transaction tx, Filter filter, Optional<ChainedEvent> after, int limit) {
    var select = new StringBuilder("select * from scrip_audit.audit_events where tenant = ?");
    filter.from().ifPresent(_ -> select.append(" and at >= ?"));
    filter.to().ifPresent(_ -> select.append(" and at < ?"));
    filter.actor().ifPresent(_ -> select.append(" and (actor_subject = ? or actor_client = ?)"));
    filter.action().ifPresent(_ -> select.append(" and action = ?"));
    if (!filter.subjects().isEmpty()) {
      select.append(" and subject = any(?)");
    }
    filter.token().ifPresent(_ -> select.append(" and token = ?"));
    after.ifPresent(_ -> select.append(AFTER));
    select.append(" order by at, chain, sequence limit ?");
    String events = TrailRows.events(select.toString(), "event.at, event.chain, event.sequence");
    return bind(Sql.in(tx, events), filter, after).integer(limit).list(TrailRows::event);
  }

  private static Sql bind(Sql sql, Filter filter, Optional<ChainedEvent> after) {
    sql.tenant(filter.tenant());
    filter.from().ifPresent(sql::instant);
    filter.to().ifPresent(sql::instant);
    filter.actor().ifPresent(actor -> sql.text(actor).text(actor));
    filter.action().ifPresent(action -> sql.text(action.word()));
    if (!filter.subjects().isEmpty()) {
      sql.digests(filter.subjects());
    }
    filter.token().ifPresent(sql::digest);
    after.ifPresent(
        last ->
            sql.instant(last.at()).instant(last.at()).text(last.chain()).number(last.sequence()));
    return sql;
  }

  private static Head head(Row row) throws SQLException {
    return new Head(row.text("name"), row.number("sequence"), row.bytes("hash"));
  }
}
