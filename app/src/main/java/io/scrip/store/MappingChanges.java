package io.scrip.store;

import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.identity.Action;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import io.scrip.vault.MappingStore.Renewal;
import io.scrip.vault.RevocationMark;
import io.scrip.vault.RevocationMark.Target;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Renews, revokes, releases and purges. Rows are locked in the order of their record ids. */
final class MappingChanges {
  /**
   * What is left of a revoked row: its token, so that it is never given again, and who and what it
   * was about.
   */
  private static final String REVOKE =
      """
      update scrip.tokens
      set revoked_at = ?, sealed = cast('' as bytea), name = null, convergence = null, origin = null,
        derivation_kept = null
      where record
      """;

  /** No mark older than a version has ended the row already. */
  private static final String UNMARKED =
      """
      not exists (
        select 1 from scrip.revocation_marks mark
        where mark.version < ? and mark.tenant = tokens.tenant and tokens.catalog_version < mark.version
          and (mark.subject = tokens.subject or mark.creator = tokens.creator or mark.template = tokens.template))
      """;

  /** What the trail calls the tokens whose value an actor has been shown. */
  private static final String SHOWN =
      """
      select token from scrip_audit.audit_events
      where at >= ? and tenant = ? and actor_subject = ? and action = ? and outcome = ? and token is not null
      """;

  private final Dialect dialect;
  private final String live;

  MappingChanges(Dialect dialect) {
    this.dialect = dialect;
    this.live = MappingRows.live(dialect);
  }

  void release(Transaction tx, Set<UUID> records) {
    if (!records.isEmpty()) {
      Sql.in(
              tx,
              "update scrip.tokens set name = null, convergence = null, origin = null where record"
                  + " = any(?)")
          .uuids(records)
          .change();
    }
  }

  void renew(Transaction tx, List<Renewal> renewals) {
    if (renewals.isEmpty()) {
      return;
    }
    String update =
        """
        update scrip.tokens set expires_at = renewal.until, row_mac = renewal.mac
        from unnest(cast(? as uuid array), cast(? as timestamp(6) with time zone array), cast(? as bytea array))
          as renewal (renewed, until, mac)
        where record = renewal.renewed and %s
        """;
    Sql.in(tx, update.formatted(live))
        .uuids(renewals.stream().map(Renewal::record).toList())
        .array(
            "timestamptz",
            renewals.stream()
                .map(renewal -> renewal.expiresAt().orElse(null))
                .toArray(Instant[]::new))
        .array("bytea", renewals.stream().map(Renewal::rowMac).toArray(byte[][]::new))
        .change();
  }

  Set<UUID> revoke(Transaction tx, Set<UUID> records, Instant at) {
    if (records.isEmpty()) {
      return Set.of();
    }
    var unrevoked = lock(tx, "record = any(?) and revoked_at is null", records);
    Sql.in(tx, REVOKE + "= any(?)").instant(at).uuids(unrevoked.all()).change();
    return unrevoked.live();
  }

  long revokeRevealedTo(Transaction tx, TenantId tenant, String actor, Instant since, Instant at) {
    String revealed =
        """
        in (select record from scrip.tokens
          where tenant = ? and (token in (%1$s) or former in (%1$s)) and %2$s and %3$s
          for update)
        """
            .formatted(SHOWN, live, UNMARKED);
    Sql sql = Sql.in(tx, REVOKE + revealed).instant(at).tenant(tenant);
    return shown(shown(sql, tenant, actor, since), tenant, actor, since)
        .number(Long.MAX_VALUE)
        .change();
  }

  private static Sql shown(Sql sql, TenantId tenant, String actor, Instant since) {
    return sql.instant(since)
        .tenant(tenant)
        .text(actor)
        .text(Action.DETOKENIZE.word())
        .text(Outcome.ALLOWED.word());
  }

  long countMarked(Transaction tx, RevocationMark mark) {
    String count = "select count(*) as covered from scrip.tokens where %s and %s and %s";
    return covered(Sql.in(tx, count.formatted(covers(mark.target()), live, UNMARKED)), mark)
        .number(mark.version())
        .only(row -> row.number("covered"));
  }

  long countMarked(Transaction tx, RevocationMark mark, Set<Long> dataKeys) {
    String count =
        "select count(*) as covered from scrip.tokens where %s and %s and %s and data_key_id = any(?)";
    return covered(Sql.in(tx, count.formatted(covers(mark.target()), live, UNMARKED)), mark)
        .number(mark.version())
        .numbers(dataKeys)
        .only(row -> row.number("covered"));
  }

  /**
   * Waits for rows that others hold: one skipped, and the mark deleted after it, would live again.
   */
  int settle(Transaction tx, RevocationMark mark, Instant at, int limit) {
    String some =
        "in (select record from scrip.tokens where %s and revoked_at is null limit ? for update)";
    Sql sql = Sql.in(tx, REVOKE + some.formatted(covers(mark.target()))).instant(at);
    return covered(sql, mark).integer(limit).change();
  }

  int purge(Transaction tx, Instant before, int limit) {
    int expired =
        purge(
            tx,
            "expires_at < ? and expires_at <= %s and (revoked_at is null or not convergent)"
                .formatted(dialect.now()),
            before,
            limit);
    return expired + purge(tx, "revoked_at < ? and not convergent", before, limit - expired);
  }

  private static int purge(Transaction tx, String ended, Instant before, int limit) {
    String delete =
        """
        delete from scrip.tokens where record in (
          select record from scrip.tokens where %s limit ? for update skip locked)
        """;
    return Sql.in(tx, delete.formatted(ended)).instant(before).integer(limit).change();
  }

  private static String covers(Target target) {
    return switch (target) {
      case Target.Subject _ -> "tenant = ? and subject = ? and catalog_version < ?";
      case Target.Creator _ -> "tenant = ? and creator = ? and catalog_version < ?";
      case Target.OfTemplate _ -> "tenant = ? and template = ? and catalog_version < ?";
    };
  }

  private static Sql covered(Sql sql, RevocationMark mark) {
    sql.tenant(mark.tenant());
    switch (mark.target()) {
      case Target.Subject(var digest) -> sql.digest(digest);
      case Target.Creator(var digest) -> sql.digest(digest);
      case Target.OfTemplate(var name) -> sql.text(name);
    }
    return sql.number(mark.version());
  }

  private Locked lock(Transaction tx, String where, Collection<UUID> records) {
    String select =
        "select record, %s as live from scrip.tokens where %s order by record for update";
    var locked = new Locked(new HashSet<>(), new HashSet<>());
    Sql.in(tx, select.formatted(live, where))
        .uuids(records)
        .list(row -> locked.add(row.uuid("record"), row.truth("live")));
    return locked;
  }

  private record Locked(Set<UUID> all, Set<UUID> live) {
    boolean add(UUID record, boolean isLive) {
      return all.add(record) && (!isLive || live.add(record));
    }
  }
}
