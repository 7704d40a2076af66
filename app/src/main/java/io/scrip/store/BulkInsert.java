package io.scrip.store;

import io.scrip.identity.LookupDigest;
import io.scrip.journal.Transaction;
import java.lang.reflect.Array;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Inserts any number of rows in one statement: an array per column, put together row by row. On
 * PostgreSQL that is three times as fast as a statement per row, and unlike {@code copy} it can be
 * sent along with other statements and skip what is taken.
 *
 * @param <R> what becomes a row
 */
final class BulkInsert<R> {
  private final String table;
  private final List<Column<R>> columns = new ArrayList<>();

  /** Written once: the driver knows a statement that it has prepared by its text. */
  private final Map<Dialect, String> statements = new EnumMap<>(Dialect.class);

  private BulkInsert(String table) {
    this.table = table;
  }

  static <R> BulkInsert<R> into(String table) {
    return new BulkInsert<>(table);
  }

  BulkInsert<R> uuid(String column, Function<R, UUID> value) {
    return with(column, "uuid", "uuid", UUID.class, value);
  }

  BulkInsert<R> text(String column, Function<R, String> value) {
    return with(column, "varchar", "varchar", String.class, value.andThen(Text::storable));
  }

  BulkInsert<R> findText(String column, Function<R, Optional<String>> value) {
    return with(
        column,
        "varchar",
        "varchar",
        String.class,
        row -> value.apply(row).map(Text::storable).orElse(null));
  }

  BulkInsert<R> integer(String column, Function<R, Integer> value) {
    return with(column, "integer", "integer", Integer.class, value);
  }

  BulkInsert<R> number(String column, Function<R, Long> value) {
    return with(column, "bigint", "bigint", Long.class, value);
  }

  BulkInsert<R> truth(String column, Function<R, Boolean> value) {
    return with(column, "boolean", "boolean", Boolean.class, value);
  }

  BulkInsert<R> bytes(String column, Function<R, byte[]> value) {
    return with(column, "bytea", "bytea", byte[].class, value);
  }

  BulkInsert<R> findBytes(String column, Function<R, Optional<byte[]>> value) {
    return with(column, "bytea", "bytea", byte[].class, row -> value.apply(row).orElse(null));
  }

  BulkInsert<R> digest(String column, Function<R, LookupDigest> value) {
    return uuid(column, value.andThen(DigestColumn::of));
  }

  BulkInsert<R> findDigest(String column, Function<R, Optional<LookupDigest>> value) {
    return with(
        column,
        "uuid",
        "uuid",
        UUID.class,
        row -> value.apply(row).map(DigestColumn::of).orElse(null));
  }

  BulkInsert<R> instant(String column, Function<R, Instant> value) {
    return with(column, TIMESTAMP, "timestamptz", Instant.class, value);
  }

  BulkInsert<R> findInstant(String column, Function<R, Optional<Instant>> value) {
    return with(
        column, TIMESTAMP, "timestamptz", Instant.class, row -> value.apply(row).orElse(null));
  }

  /** Inserts them all, or fails. */
  void all(Transaction tx, Collection<R> rows) {
    if (!rows.isEmpty()) {
      bind(Sql.in(tx, statement(tx)), rows).change();
    }
  }

  /** Inserts them all, or fails: with the transaction's next statement, see {@link Sql#later}. */
  void later(Transaction tx, Collection<R> rows) {
    if (!rows.isEmpty()) {
      bind(Sql.in(tx, statement(tx)), rows).later();
    }
  }

  /** Inserts each unless something unique of it is taken, also by an earlier one. */
  void untaken(Transaction tx, Collection<R> rows) {
    if (!rows.isEmpty()) {
      bind(Sql.in(tx, statement(tx) + SKIPPING), rows).change();
    }
  }

  /**
   * The same, with an answer.
   *
   * @param key a UUID column
   * @return the keys of those inserted
   */
  Set<UUID> untaken(Transaction tx, String key, Collection<R> rows) {
    String answering = dialect(tx).returning(statement(tx) + SKIPPING, key);
    return new HashSet<>(bind(Sql.in(tx, answering), rows).list(row -> row.uuid(key)));
  }

  /**
   * Inserts one row.
   *
   * @param key a column of whole numbers that the database fills in
   */
  long one(Transaction tx, String key, R row) {
    return bind(Sql.in(tx, dialect(tx).returning(statement(tx), key)), List.of(row))
        .only(inserted -> inserted.number(key));
  }

  private static Dialect dialect(Transaction tx) {
    return JdbcTransaction.of(tx).dialect();
  }

  private String statement(Transaction tx) {
    return Objects.requireNonNull(statements.get(dialect(tx)));
  }

  private String write(Dialect dialect) {
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    List<String> arrays =
        columns.stream().map(column -> "cast(? as " + column.type() + " array)").toList();
    return "insert into %s (%s) %s".formatted(table, names, dialect.rowsOf(arrays));
  }

  private Sql bind(Sql sql, Collection<R> rows) {
    for (var column : columns) {
      sql.array(column.element(), column.values(rows));
    }
    return sql;
  }

  private BulkInsert<R> with(
      String name,
      String type,
      String element,
      Class<?> javaType,
      Function<R, ? extends @Nullable Object> value) {
    columns.add(new Column<>(name, type, element, javaType, value));
    for (Dialect dialect : Dialect.values()) {
      statements.put(dialect, write(dialect));
    }
    return this;
  }

  private static final String SKIPPING = " on conflict do nothing";
  private static final String TIMESTAMP = "timestamp(6) with time zone";

  /**
   * @param javaType of the array's elements; the driver sends arrays of known types as they are,
   *     and others as text
   */
  private record Column<R>(
      String name,
      String type,
      String element,
      Class<?> javaType,
      Function<R, ? extends @Nullable Object> value) {
    @Nullable Object[] values(Collection<R> rows) {
      Object[] values = (Object[]) Array.newInstance(javaType, rows.size());
      int i = 0;
      for (R row : rows) {
        values[i++] = value.apply(row);
      }
      return values;
    }
  }
}
