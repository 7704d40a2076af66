package io.scrip.store;

import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * How values of a Java type are sent: one by itself, or many in an array.
 *
 * @param name as both databases know it in a cast
 * @param element as the drivers know it in an array
 * @param javaType of the array's elements; the driver sends arrays of known types as they are, and
 *     others as text
 * @param one binds a single value
 */
record ColumnType<T>(String name, String element, Class<T> javaType, BiConsumer<Sql, T> one) {
  static final ColumnType<UUID> ID = new ColumnType<>("uuid", UUID.class, Sql::uuid);
  static final ColumnType<String> TEXT = new ColumnType<>("varchar", String.class, Sql::text);
  static final ColumnType<Integer> INTEGER =
      new ColumnType<>("integer", Integer.class, Sql::integer);
  static final ColumnType<Long> NUMBER = new ColumnType<>("bigint", Long.class, Sql::number);
  static final ColumnType<Boolean> TRUTH = new ColumnType<>("boolean", Boolean.class, Sql::truth);
  static final ColumnType<byte[]> BYTES = new ColumnType<>("bytea", byte[].class, Sql::bytes);
  static final ColumnType<Instant> INSTANT =
      new ColumnType<>("timestamp(6) with time zone", "timestamptz", Instant.class, Sql::instant);

  private ColumnType(String name, Class<T> javaType, BiConsumer<Sql, T> one) {
    this(name, name, javaType, one);
  }
}
