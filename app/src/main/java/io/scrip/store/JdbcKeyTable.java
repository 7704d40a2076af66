package io.scrip.store;

import io.scrip.crypto.KeyTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The tables of {@code scrip_keys}. */
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
    String insert =
        """
        insert into scrip_keys.key_encryption_keys (version, public_key, wrapped_private_key, root_id, created_at)
        values (?, ?, ?, ?, ?) on conflict do nothing
        """;
    return database.write(
        tx ->
            Sql.in(tx, insert)
                    .integer(key.version())
                    .bytes(key.publicKey())
                    .bytes(key.wrappedPrivateKey())
                    .text(key.rootId())
                    .instant(key.createdAt())
                    .change()
                == 1);
  }

  @Override
  public long insert(SealedDataKey key) {
    String insert =
        "insert into scrip_keys.data_keys (kek_version, node, sealed, created_at) values (?, ?, ?,"
            + " ?)";
    return database.write(
        tx ->
            Sql.in(tx, database.dialect().returning(insert, "id"))
                .integer(key.kekVersion())
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

  private static KeyEncryptionKey keyEncryptionKey(Row row) throws SQLException {
    return new KeyEncryptionKey(
        row.integer("version"),
        row.bytes("public_key"),
        row.bytes("wrapped_private_key"),
        row.text("root_id"),
        row.instant("created_at"));
  }

  private static SealedDataKey dataKey(Row row) throws SQLException {
    return new SealedDataKey(
        row.integer("kek_version"),
        row.text("node"),
        row.bytes("sealed"),
        row.instant("created_at"));
  }
}
