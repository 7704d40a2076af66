package io.scrip.store;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of a {@link BulkInsert}: what a row has there, or null. */
record Column<R, T>(
    String name, ColumnType<T> type, Function<R, ? extends @Nullable Object> value) {

  Values<T> of(Collection<R> rows) {
    @Nullable Object[] each = (Object[]) Array.newInstance(type.javaType(), rows.size());
    int i = 0;
    for (R row : rows) {
      each[i++] = value.apply(row);
    }
    return new Values<>(type, each);
  }

  /** How much of a column has to be sent. */
  enum Spread {
    /** No row has a value: the column is left out. */
    NONE,
    /** All rows have the same, which is sent once. */
    SAME,
    EACH
  }

  /** What some rows have in a column, one or more. */
  record Values<T>(ColumnType<T> type, @Nullable Object[] each) {
    Spread spread() {
      for (int i = 1; i < each.length; i++) {
        if (!Objects.deepEquals(each[0], each[i])) {
          return Spread.EACH;
        }
      }
      return each[0] == null ? Spread.NONE : Spread.SAME;
    }

    void bind(Sql sql, Spread spread) {
      switch (spread) {
        case NONE -> {}
        case SAME -> type.one().accept(sql, type.javaType().cast(Objects.requireNonNull(each[0])));
        case EACH -> sql.array(type.element(), each);
      }
    }
  }
}
