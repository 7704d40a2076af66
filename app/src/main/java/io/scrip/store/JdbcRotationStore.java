package io.scrip.store;

import io.scrip.journal.Transaction;
import io.scrip.vault.RotationStore;
import java.time.Instant;

/** Changes of the keys in force: {@code scrip_keys.digest_keys} and the floor in the catalog. */
final class JdbcRotationStore implements RotationStore {
  private final Dialect dialect;

  JdbcRotationStore(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void barrier(Transaction tx) {
    dialect.awaitHolders().ifPresent(wait -> Sql.in(tx, wait).first(_ -> true));
  }

  @Override
  public boolean insertDigestKey(Transaction tx, int version, String rootId, Instant at) {
    String insert =
        """
        insert into scrip_keys.digest_keys (version, root_id, created_at) values (?, ?, ?)
        on conflict do nothing
        """;
    return Sql.in(tx, insert).integer(version).text(rootId).instant(at).change() == 1;
  }

  @Override
  public long raiseDataKeyFloor(Transaction tx) {
    String raise =
        """
        update scrip.catalog
        set data_key_floor = (select coalesce(max(id), 0) + 1 from scrip_keys.data_keys)
        """;
    Sql.in(tx, raise).change();
    return Sql.in(tx, "select data_key_floor from scrip.catalog")
        .only(row -> row.number("data_key_floor"));
  }
}
