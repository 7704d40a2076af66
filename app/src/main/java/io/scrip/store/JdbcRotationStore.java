package io.scrip.store;

import io.scrip.crypto.KeyTable.KeyEncryptionKey;
import io.scrip.journal.Transaction;
import io.scrip.vault.KeyInventory;
import io.scrip.vault.RotationStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Changes of the keys in force: the schema {@code scrip_keys}, and the floor in the catalog. */
final class JdbcRotationStore implements RotationStore {
  private static final int MOST_DESTROYED_SHOWN = 100;

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
    return floor(tx);
  }

  @Override
  public boolean insert(Transaction tx, KeyEncryptionKey key) {
    return JdbcKeyTable.insert(tx, key);
  }

  @Override
  public boolean replace(Transaction tx, KeyEncryptionKey old, KeyEncryptionKey rewrapped) {
    String update =
        """
        update scrip_keys.key_encryption_keys
        set wrapped_private_key = ?, root_id = ?, mac = ?, mac_root_id = ?
        where version = ? and wrapped_private_key = ? and mac = ?
        """;
    return Sql.in(tx, update)
            .bytes(rewrapped.wrappedPrivateKey())
            .text(rewrapped.rootId())
            .bytes(rewrapped.mac())
            .text(rewrapped.macRootId())
            .integer(old.version())
            .bytes(old.wrappedPrivateKey())
            .bytes(old.mac())
            .change()
        == 1;
  }

  @Override
  public long recordsBelow(Transaction tx, long dataKeyFloor) {
    return count(
        Sql.in(
                tx,
                "select count(*) as n from scrip.tokens where data_key_id < ? and"
                    + " octet_length(sealed) > 0")
            .number(dataKeyFloor));
  }

  @Override
  public long needsOfDigestKey(Transaction tx, int version) {
    String rows =
        """
        select count(*) as n from scrip.tokens
        where revoked_at is null
          and (digest_version = ? or (derivation_key = ? and convergence is not null and derivation_kept is null))
        """;
    String calls =
        "select count(*) as n from scrip.idempotency where digest_version = ? and expires_at > %s";
    String labels = "select count(*) as n from scrip_keys.data_keys where subject_version = ?";
    return count(Sql.in(tx, rows).integer(version).integer(version))
        + count(Sql.in(tx, labels).integer(version))
        + count(Sql.in(tx, calls.formatted(dialect.now())).integer(version));
  }

  @Override
  public void destroyKek(Transaction tx, int version, Instant at) {
    Sql.in(tx, "delete from scrip_keys.key_encryption_keys where version = ?")
        .integer(version)
        .change();
    remember(tx, "kek", version, at);
  }

  @Override
  public long destroyDataKeysBelow(Transaction tx, long floor, Instant at) {
    String delete = "delete from scrip_keys.data_keys where id < ? and purpose <> 'ciphertext'";
    long destroyed = Sql.in(tx, delete).number(floor).change();
    remember(tx, "data", floor, at);
    return destroyed;
  }

  @Override
  public void destroyDigestKey(Transaction tx, int version, Instant at) {
    Sql.in(tx, "delete from scrip_keys.digest_keys where version = ?").integer(version).change();
    remember(tx, "digest", version, at);
  }

  @Override
  public KeyInventory inventory(Transaction tx) {
    return new KeyInventory(keks(tx), dataKeys(tx), digests(tx), destroyed(tx));
  }

  private static void remember(Transaction tx, String kind, long version, Instant at) {
    String insert =
        """
        insert into scrip_keys.destroyed_keys (kind, version, destroyed_at) values (?, ?, ?)
        on conflict do nothing
        """;
    Sql.in(tx, insert).text(kind).number(version).instant(at).change();
  }

  private static List<KeyInventory.Kek> keks(Transaction tx) {
    String select =
        """
        select kek.version, kek.root_id, kek.mac_root_id, kek.created_at,
          (select count(*) from scrip_keys.data_keys data where data.kek_version = kek.version) as data_keys
        from scrip_keys.key_encryption_keys kek order by kek.version
        """;
    return Sql.in(tx, select)
        .list(
            row ->
                new KeyInventory.Kek(
                    row.integer("version"),
                    row.text("root_id"),
                    row.text("mac_root_id"),
                    row.number("data_keys"),
                    row.instant("created_at")));
  }

  private static KeyInventory.DataKeys dataKeys(Transaction tx) {
    long floor = floor(tx);
    String select =
        """
        select count(case when purpose <> 'ciphertext' and id < ? then 1 end) as retired,
          count(case when purpose <> 'ciphertext' and id >= ? then 1 end) as active,
          count(case when purpose = 'ciphertext' then 1 end) as ciphertexts,
          max(created_at) as newest
        from scrip_keys.data_keys
        """;
    return Sql.in(tx, select)
        .number(floor)
        .number(floor)
        .only(
            row ->
                new KeyInventory.DataKeys(
                    floor,
                    row.number("retired"),
                    row.number("active"),
                    row.number("ciphertexts"),
                    row.findInstant("newest")));
  }

  private static List<KeyInventory.DigestKey> digests(Transaction tx) {
    return Sql.in(tx, "select * from scrip_keys.digest_keys order by version")
        .list(
            row ->
                new KeyInventory.DigestKey(
                    row.integer("version"), row.text("root_id"), row.instant("created_at")));
  }

  private static List<KeyInventory.Destroyed> destroyed(Transaction tx) {
    return Sql.in(
            tx,
            "select * from scrip_keys.destroyed_keys order by destroyed_at desc, kind, version"
                + " limit ?")
        .integer(MOST_DESTROYED_SHOWN)
        .list(JdbcRotationStore::destroyedKey);
  }

  private static KeyInventory.Destroyed destroyedKey(Row row) throws SQLException {
    return new KeyInventory.Destroyed(
        row.text("kind"), row.number("version"), row.instant("destroyed_at"));
  }

  private static long floor(Transaction tx) {
    return Sql.in(tx, "select data_key_floor from scrip.catalog")
        .only(row -> row.number("data_key_floor"));
  }

  private static long count(Sql query) {
    return query.only(row -> row.number("n"));
  }
}
