package io.scrip.store;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * An array as a parameter. PostgreSQL's driver has a binary form for most types and none for {@code
 * uuid}: it would write each as 36 characters, and the server read them back, for four of them in
 * every row of {@code scrip.tokens}.
 */
final class SqlArray {
  private static final int UUID_BYTES = 16;

  /** Says of an element that it is null, in the place of its length. */
  private static final int NULL = -1;

  private SqlArray() {}

  /**
   * @param elementType as the database names it
   */
  static Array of(Connection connection, String elementType, @Nullable Object[] values)
      throws SQLException {
    return values instanceof @Nullable UUID[] uuids && connection.isWrapperFor(BaseConnection.class)
        ? new PgArray(connection.unwrap(BaseConnection.class), Oid.UUID_ARRAY, binary(uuids))
        : connection.createArrayOf(elementType, values);
  }

  /**
   * As PostgreSQL's {@code array_send} writes it: dimensions, whether there are nulls, type of the
   * elements, how many, number of the first; then each with its length before it.
   */
  static byte[] binary(@Nullable UUID[] values) {
    long present = Stream.of(values).filter(Objects::nonNull).count();
    int size = 5 * Integer.BYTES + values.length * Integer.BYTES + (int) present * UUID_BYTES;
    var bytes = ByteBuffer.allocate(size);
    bytes.putInt(1).putInt(present < values.length ? 1 : 0).putInt(Oid.UUID);
    bytes.putInt(values.length).putInt(1);
    for (UUID value : values) {
      if (value == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(UUID_BYTES);
        bytes.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
      }
    }
    return bytes.array();
  }
}
