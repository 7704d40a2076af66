package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** The row a result stands at, read by column. What {@code find} reads may be null. */
record Row(ResultSet results) {
  UUID uuid(String column) throws SQLException {
    return results.getObject(column, UUID.class);
  }

  Optional<UUID> findUuid(String column) throws SQLException {
    return Optional.ofNullable(results.getObject(column, UUID.class));
  }

  String text(String column) throws SQLException {
    return results.getString(column);
  }

  Optional<String> findText(String column) throws SQLException {
    return Optional.ofNullable(results.getString(column));
  }

  TenantId tenant(String column) throws SQLException {
    return new TenantId(text(column));
  }

  byte[] bytes(String column) throws SQLException {
    return results.getBytes(column);
  }

  Optional<byte[]> findBytes(String column) throws SQLException {
    return Optional.ofNullable(results.getBytes(column));
  }

  LookupDigest digest(String column) throws SQLException {
    return DigestColumn.read(uuid(column));
  }

  Optional<LookupDigest> findDigest(String column) throws SQLException {
    return findUuid(column).map(DigestColumn::read);
  }

  Instant instant(String column) throws SQLException {
    return results.getObject(column, OffsetDateTime.class).toInstant();
  }

  Optional<Instant> findInstant(String column) throws SQLException {
    return Optional.ofNullable(results.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  int integer(String column) throws SQLException {
    return results.getInt(column);
  }

  long number(String column) throws SQLException {
    return results.getLong(column);
  }

  boolean truth(String column) throws SQLException {
    return results.getBoolean(column);
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }
}
