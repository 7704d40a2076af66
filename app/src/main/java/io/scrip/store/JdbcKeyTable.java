package io.scrip.store;

import io.scrip.crypto.DataKeyUse;
import io.scrip.crypto.KeyTable;
import io.scrip.journal.Transaction;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Key encryption keys and data keys, in the schema {@code scrip_keys}. */
final class JdbcKeyTable implements KeyTable {
  private final Database database;

  JdbcKeyTable(Database database) {
    this.database = database;
  }

  @Override
  public List<KeyEncryptionKey> keyEncryptionKeys() {
    String select = "select * from scrip_keys.key_encryption_keys order by version";
    return database.read(tx -> Sql.in(tx, select).list(JdbcKeyTable::keyEncryptionKey));
  }

  @Override
  public boolean insert(KeyEncryptionKey key) {
    return database.write(tx -> insert(tx, key));
  }

  static boolean insert(Transaction tx, KeyEncryptionKey key) {
    String insert =
        """
        insert into scrip_keys.key_encryption_keys
          (version, public_key, wrapped_private_key, root_id, mac, mac_root_id, created_at)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;
    return Sql.in(tx, insert)
            .integer(key.version())
            .bytes(key.publicKey())
            .bytes(key.wrappedPrivateKey())
            .text(key.rootId())
            .bytes(key.mac())
            .text(key.macRootId())
            .instant(key.createdAt())
            .change()
        == 1;
  }

  @Override
  public long insert(SealedDataKey key) {
    String insert =
        """
        insert into scrip_keys.data_keys (kek_version, purpose, tenant, subject, subject_version, node, sealed,
          created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    return database.write(
        tx ->
            Sql.in(tx, database.dialect().returning(insert, "id"))
                .integer(key.kekVersion())
                .text(key.use().word())
                .findText(key.subject().map(subject -> subject.tenant().value()))
                .findDigest(key.subject().map(Subject::digest))
                .findInteger(key.subject().map(Subject::digestVersion))
                .text(key.node())
                .bytes(key.sealed())
                .instant(key.createdAt())
                .only(row -> row.number("id")));
  }

  @Override
  public Optional<SealedDataKey> findDataKey(long id) {
    String select = "select * from scrip_keys.data_keys where id = ?";
    return database.read(tx -> Sql.in(tx, select).number(id).first(JdbcKeyTable::dataKey));
  }

  @Override
  public List<StoredDataKey> dataKeysBelow(int kekVersion, long afterId, int limit) {
    String select =
        "select * from scrip_keys.data_keys where kek_version < ? and id > ? order by id limit ?";
    return database.read(
        tx ->
            Sql.in(tx, select)
                .integer(kekVersion)
                .number(afterId)
                .integer(limit)
                .list(row -> new StoredDataKey(row.number("id"), dataKey(row))));
  }

  @Override
  public boolean rewrap(StoredDataKey old, int kekVersion, byte[] sealed) {
    String update =
        "update scrip_keys.data_keys set kek_version = ?, sealed = ? where id = ? and kek_version"
            + " = ?";
    return database.write(
        tx ->
            Sql.in(tx, update)
                    .integer(kekVersion)
                    .bytes(sealed)
                    .number(old.id())
                    .integer(old.key().kekVersion())
                    .change()
                == 1);
  }

  @Override
  public Set<Long> present(Collection<Long> ids) {
    return database.read(tx -> present(tx, ids));
  }

  static Set<Long> present(Transaction tx, Collection<Long> ids) {
    return Set.copyOf(
        Sql.in(tx, "select id from scrip_keys.data_keys where id = any(?)")
            .numbers(ids)
            .list(row -> row.number("id")));
  }

  @Override
  public List<StoredDataKey> labelledBelow(int digestVersion, long afterId, int limit) {
    String select =
        "select * from scrip_keys.data_keys where subject_version < ? and id > ? order by id limit ?";
    return database.read(
        tx ->
            Sql.in(tx, select)
                .integer(digestVersion)
                .number(afterId)
                .integer(limit)
                .list(row -> new StoredDataKey(row.number("id"), dataKey(row))));
  }

  @Override
  public long countLabelledBelow(int digestVersion) {
    String count = "select count(*) as n from scrip_keys.data_keys where subject_version < ?";
    return database.read(
        tx -> Sql.in(tx, count).integer(digestVersion).only(row -> row.number("n")));
  }

  @Override
  public boolean relabel(StoredDataKey old, Subject label) {
    String update =
        """
        update scrip_keys.data_keys set subject = ?, subject_version = ?
        where id = ? and subject_version = ?
        """;
    int before = old.key().subject().orElseThrow().digestVersion();
    return database.write(
        tx ->
            Sql.in(tx, update)
                    .digest(label.digest())
                    .integer(label.digestVersion())
                    .number(old.id())
                    .integer(before)
                    .change()
                == 1);
  }

  static KeyEncryptionKey keyEncryptionKey(Row row) throws SQLException {
    return new KeyEncryptionKey(
        row.integer("version"),
        row.bytes("public_key"),
        row.bytes("wrapped_private_key"),
        row.text("root_id"),
        row.bytes("mac"),
        row.text("mac_root_id"),
        row.instant("created_at"));
  }

  private static SealedDataKey dataKey(Row row) throws SQLException {
    Optional<Subject> subject = Optional.empty();
    if (row.findText("tenant").isPresent()) {
      subject =
          Optional.of(
              new Subject(
                  row.tenant("tenant"), row.digest("subject"), row.integer("subject_version")));
    }
    return new SealedDataKey(
        row.integer("kek_version"),
        DataKeyUse.of(row.text("purpose")),
        subject,
        row.text("node"),
        row.bytes("sealed"),
        row.instant("created_at"));
  }
}
