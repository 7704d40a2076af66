package io.scrip.store;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * An array as a parameter. PostgreSQL's driver has a binary form for most types and none for {@code
 * uuid} and {@code timestamptz}: it would write each as text, and the server read it back, for half
 * a dozen of them in every row of {@code scrip.tokens}.
 */
final class SqlArray {
  private static final Instant MILLENNIUM = Instant.parse("2000-01-01T00:00:00Z");

  static final Form<UUID> UUIDS =
      new Form<>(
          Oid.UUID,
          Oid.UUID_ARRAY,
          2 * Long.BYTES,
          (bytes, uuid) ->
              bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()));

  /** Microseconds since the turn of the millennium, whatever the server's time zone. */
  static final Form<Instant> INSTANTS =
      new Form<>(
          Oid.TIMESTAMPTZ,
          Oid.TIMESTAMPTZ_ARRAY,
          Long.BYTES,
          (bytes, instant) -> bytes.putLong(ChronoUnit.MICROS.between(MILLENNIUM, instant)));

  private SqlArray() {}

  /**
   * @param elementType as the database names it
   */
  static Array of(Connection connection, String elementType, @Nullable Object[] values)
      throws SQLException {
    if (connection.isWrapperFor(BaseConnection.class)) {
      var postgres = connection.unwrap(BaseConnection.class);
      if (values instanceof @Nullable UUID[] uuids) {
        return UUIDS.array(postgres, uuids);
      }
      if (values instanceof @Nullable Instant[] instants) {
        return INSTANTS.array(postgres, instants);
      }
    }
    return connection.createArrayOf(elementType, values);
  }

  /**
   * How elements of one type are written.
   *
   * @param size of an element, in bytes
   */
  record Form<T>(int element, int array, int size, BiConsumer<ByteBuffer, T> writer) {
    /** Says of an element that it is null, in the place of its length. */
    private static final int NULL = -1;

    private Array array(BaseConnection connection, @Nullable T[] values) throws SQLException {
      return new PgArray(connection, array, binary(values));
    }

    /**
     * As PostgreSQL's {@code array_send} writes it: dimensions, whether there are nulls, type of
     * the elements, how many, number of the first; then each with its length before it.
     */
    byte[] binary(@Nullable T[] values) {
      long present = Stream.of(values).filter(Objects::nonNull).count();
      var bytes =
          ByteBuffer.allocate(
              5 * Integer.BYTES + values.length * Integer.BYTES + (int) present * size);
      bytes.putInt(1).putInt(present < values.length ? 1 : 0).putInt(element);
      bytes.putInt(values.length).putInt(1);
      for (T value : values) {
        if (value == null) {
          bytes.putInt(NULL);
        } else {
          bytes.putInt(size);
          writer.accept(bytes, value);
        }
      }
      return bytes.array();
    }
  }
}
