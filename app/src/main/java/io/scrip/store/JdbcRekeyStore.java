package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.journal.Transaction;
import io.scrip.vault.KeyState;
import io.scrip.vault.Mapping;
import io.scrip.vault.RekeyJob;
import io.scrip.vault.RekeyKind;
import io.scrip.vault.RekeyStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code scrip_keys.jobs}, and the rows of {@code scrip.tokens} that a job is about. */
final class JdbcRekeyStore implements RekeyStore {
  private final Dialect dialect;

  JdbcRekeyStore(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public Optional<RekeyJob> start(Transaction tx, RekeyKind kind, long total, Instant at) {
    if (running(tx).isPresent()) {
      return Optional.empty();
    }
    String insert =
        """
        insert into scrip_keys.jobs (kind, state, total, done, failed, started_at, updated_at)
        values (?, 'running', ?, 0, 0, ?, ?)
        """;
    long id =
        Sql.in(tx, dialect.returning(insert, "id"))
            .text(kind.word())
            .number(total)
            .instant(at)
            .instant(at)
            .only(row -> row.number("id"));
    return find(tx, id);
  }

  private static Optional<RekeyJob> running(Transaction tx) {
    return Sql.in(tx, "select * from scrip_keys.jobs where ended_at is null")
        .first(JdbcRekeyStore::job);
  }

  @Override
  public Optional<RekeyJob> find(Transaction tx, long id) {
    return Sql.in(tx, "select * from scrip_keys.jobs where id = ?")
        .number(id)
        .first(JdbcRekeyStore::job);
  }

  @Override
  public List<RekeyJob> latest(Transaction tx, int limit) {
    return Sql.in(tx, "select * from scrip_keys.jobs order by id desc limit ?")
        .integer(limit)
        .list(JdbcRekeyStore::job);
  }

  /** Looks first: most of the time there is no job, and a look writes nothing. */
  @Override
  public Optional<RekeyJob> lease(Transaction tx, String runner, Duration lease) {
    if (running(tx).isEmpty()) {
      return Optional.empty();
    }
    String take =
        """
        update scrip_keys.jobs set runner = ?, lease_until = %1$s + interval '%2$d' second
        where ended_at is null and (runner is null or runner = ? or lease_until is null or lease_until < %1$s)
        """
            .formatted(dialect.now(), lease.toSeconds());
    return Sql.in(tx, take).text(runner).text(runner).change() == 1
        ? running(tx)
        : Optional.empty();
  }

  @Override
  public boolean advance(Transaction tx, RekeyJob job, String runner) {
    String update =
        """
        update scrip_keys.jobs
        set state = ?, done = ?, failed = ?, reached = ?, updated_at = ?, ended_at = ?
        where id = ? and runner = ? and ended_at is null
        """;
    return Sql.in(tx, update)
            .text(job.state().word())
            .number(job.done())
            .number(job.failed())
            .findUuid(job.reached())
            .instant(job.updatedAt())
            .findInstant(job.endedAt())
            .number(job.id())
            .text(runner)
            .change()
        == 1;
  }

  @Override
  public void release(Transaction tx, String runner) {
    Sql.in(
            tx,
            "update scrip_keys.jobs set runner = null, lease_until = null where runner = ? and ended_at is null")
        .text(runner)
        .change();
  }

  @Override
  public long countDue(Transaction tx, RekeyKind kind, KeyState keys) {
    String count = "select count(*) as n from scrip.tokens where " + isDue(kind);
    return bind(Sql.in(tx, count), kind, keys).only(row -> row.number("n"));
  }

  @Override
  public List<Mapping> due(
      Transaction tx, RekeyKind kind, KeyState keys, Optional<UUID> after, int limit) {
    String select =
        MappingRows.selectWhole()
            + "where %s%s order by record limit ? for update"
                .formatted(isDue(kind), after.isPresent() ? " and record > ?" : "");
    Sql sql = bind(Sql.in(tx, select), kind, keys);
    after.ifPresent(sql::uuid);
    return sql.integer(limit).list(MappingRows::mapping);
  }

  /**
   * A case, since the planner looks into anything else: on a table that it has no statistics of
   * yet, it would take an index of unrevoked rows, and read and sort them all for every batch.
   */
  private static String isDue(RekeyKind kind) {
    List<String> reasons = new ArrayList<>();
    if (kind.redigests()) {
      reasons.add("digest_version < ?");
    }
    if (kind.reseals()) {
      reasons.add("(data_key_id < ? and octet_length(sealed) > 0)");
    }
    return reasons.isEmpty()
        ? "1 = 0"
        : "case when revoked_at is null then %s else false end"
            .formatted(String.join(" or ", reasons));
  }

  private static Sql bind(Sql sql, RekeyKind kind, KeyState keys) {
    if (kind.redigests()) {
      sql.integer(keys.digestVersion());
    }
    return kind.reseals() ? sql.number(keys.dataKeyFloor()) : sql;
  }

  @Override
  public void update(Transaction tx, List<Mapping> rows) {
    if (rows.isEmpty()) {
      return;
    }
    String update =
        """
        update scrip.tokens set token = fresh.f_token, name = fresh.f_name, subject = fresh.f_subject,
          value_digest = fresh.f_value, convergence = fresh.f_convergence, creator = fresh.f_creator,
          former = fresh.f_former, derivation_key = fresh.f_key, derivation_try = fresh.f_try,
          derivation_kept = fresh.f_kept, digest_version = fresh.f_version, data_key_id = fresh.f_data_key,
          sealed = fresh.f_sealed, row_mac = fresh.f_mac
        from unnest(cast(? as uuid array), cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),
            cast(? as uuid array), cast(? as uuid array), cast(? as uuid array), cast(? as uuid array),
            cast(? as integer array), cast(? as integer array), cast(? as bytea array), cast(? as integer array),
            cast(? as bigint array), cast(? as bytea array), cast(? as bytea array))
          as fresh (f_record, f_token, f_name, f_subject, f_value, f_convergence, f_creator, f_former, f_key, f_try,
            f_kept, f_version, f_data_key, f_sealed, f_mac)
        where record = fresh.f_record
        """;
    Sql.in(tx, update)
        .uuids(rows.stream().map(Mapping::record).toList())
        .digests(rows.stream().map(Mapping::token).toList())
        .array("uuid", digests(rows, Mapping::name))
        .array("uuid", digests(rows, Mapping::subject))
        .array("uuid", digests(rows, Mapping::value))
        .array("uuid", digests(rows, Mapping::convergence))
        .digests(rows.stream().map(Mapping::creator).toList())
        .array("uuid", digests(rows, Mapping::former))
        .array("integer", integers(rows, row -> row.derivation().keyVersion()))
        .array("integer", integers(rows, row -> row.derivation().attempt()))
        .array("bytea", bytes(rows, row -> row.derivation().kept().orElse(null)))
        .array("integer", integers(rows, Mapping::digestVersion))
        .array("bigint", rows.stream().map(Mapping::dataKeyId).toArray(Long[]::new))
        .array("bytea", bytes(rows, Mapping::sealed))
        .array("bytea", bytes(rows, Mapping::rowMac))
        .change();
  }

  private static @Nullable UUID[] digests(
      List<Mapping> rows, Function<Mapping, Optional<LookupDigest>> part) {
    return rows.stream()
        .map(row -> part.apply(row).map(DigestColumn::of).orElse(null))
        .toArray(UUID[]::new);
  }

  private static byte[][] bytes(List<Mapping> rows, Function<Mapping, byte @Nullable []> part) {
    return rows.stream().map(part).toArray(byte[][]::new);
  }

  private static Integer[] integers(List<Mapping> rows, Function<Mapping, Integer> part) {
    return rows.stream().map(part).toArray(Integer[]::new);
  }

  private static RekeyJob job(Row row) throws SQLException {
    return new RekeyJob(
        row.number("id"),
        RekeyKind.find(row.text("kind")).orElseThrow(),
        RekeyJob.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.number("total"),
        row.number("done"),
        row.number("failed"),
        row.findUuid("reached"),
        row.instant("started_at"),
        row.instant("updated_at"),
        row.findInstant("ended_at"));
  }
}
