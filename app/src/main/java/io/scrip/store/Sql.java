package io.scrip.store;

import static java.util.stream.Collectors.joining;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import io.scrip.journal.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One prepared statement: its text, then its parameters in order, then {@link #list}, {@link
 * #first} or {@link #change}. Whatever a caller sent is a parameter and never text. Fails with
 * {@link StoreFailure}.
 */
final class Sql {
  private final JdbcTransaction transaction;
  private final String text;
  private final List<Parameter> parameters = new ArrayList<>();

  private Sql(JdbcTransaction transaction, String text) {
    this.transaction = transaction;
    this.text = text;
  }

  static Sql in(Transaction tx, String text) {
    return new Sql(JdbcTransaction.of(tx), text);
  }

  Sql text(String value) {
    String checked = Text.storable(value);
    return with((statement, at) -> statement.setString(at, checked));
  }

  Sql findText(Optional<String> value) {
    return value
        .map(this::text)
        .orElseGet(() -> with((statement, at) -> statement.setNull(at, Types.VARCHAR)));
  }

  Sql findBytes(Optional<byte[]> value) {
    return value
        .map(this::bytes)
        .orElseGet(() -> with((statement, at) -> statement.setNull(at, Types.VARBINARY)));
  }

  Sql tenant(TenantId tenant) {
    return text(tenant.value());
  }

  Sql number(long value) {
    return with((statement, at) -> statement.setLong(at, value));
  }

  Sql integer(int value) {
    return with((statement, at) -> statement.setInt(at, value));
  }

  Sql truth(boolean value) {
    return with((statement, at) -> statement.setBoolean(at, value));
  }

  Sql bytes(byte[] value) {
    return with((statement, at) -> statement.setBytes(at, value));
  }

  Sql digest(LookupDigest value) {
    return uuid(DigestColumn.of(value));
  }

  Sql findDigest(Optional<LookupDigest> value) {
    return findUuid(value.map(DigestColumn::of));
  }

  Sql uuid(UUID value) {
    return with((statement, at) -> statement.setObject(at, value));
  }

  Sql findUuid(Optional<UUID> value) {
    return value
        .map(this::uuid)
        .orElseGet(() -> with((statement, at) -> statement.setNull(at, Types.OTHER)));
  }

  Sql findInstant(Optional<Instant> value) {
    return value
        .map(this::instant)
        .orElseGet(
            () -> with((statement, at) -> statement.setNull(at, Types.TIMESTAMP_WITH_TIMEZONE)));
  }

  Sql instant(Instant value) {
    return with((statement, at) -> statement.setObject(at, value.atOffset(ZoneOffset.UTC)));
  }

  Sql digests(Collection<LookupDigest> values) {
    return array("uuid", values.stream().map(DigestColumn::of).toArray(UUID[]::new));
  }

  Sql numbers(Collection<Long> values) {
    return array("bigint", values.toArray(Long[]::new));
  }

  Sql findInteger(Optional<Integer> value) {
    return value
        .map(this::integer)
        .orElseGet(() -> with((statement, at) -> statement.setNull(at, Types.INTEGER)));
  }

  Sql uuids(Collection<UUID> values) {
    return array("uuid", values.toArray(UUID[]::new));
  }

  Sql array(String elementType, @Nullable Object[] values) {
    return with(
        (statement, at) ->
            statement.setArray(at, SqlArray.of(transaction.connection(), elementType, values)));
  }

  /** Every row of the answer. */
  <T> List<T> list(Row.Reader<T> reader) {
    return run(
        statement -> {
          try (var results = statement.getResultSet()) {
            var row = new Row(results);
            var rows = new ArrayList<T>();
            while (results.next()) {
              rows.add(reader.read(row));
            }
            return rows;
          }
        });
  }

  <T> Optional<T> first(Row.Reader<T> reader) {
    return list(reader).stream().findFirst();
  }

  /** The one row that is there in any case. */
  <T> T only(Row.Reader<T> reader) {
    return list(reader).getFirst();
  }

  /**
   * @return how many rows it touched
   */
  int change() {
    return run(PreparedStatement::getUpdateCount);
  }

  /**
   * Sends it in one message with the transaction's next statement, or with its commit. For what
   * nobody waits for: that it failed is heard then.
   */
  void later() {
    if (transaction.canPutOff()) {
      transaction.putOff(this);
    } else {
      run(_ -> true);
    }
  }

  private Sql with(Parameter parameter) {
    parameters.add(parameter);
    return this;
  }

  private <T> T run(Execution<T> answer) {
    try {
      return execute(transaction.takePutOff(), answer);
    } catch (SQLException e) {
      transaction.fail();
      throw StoreFailure.of(e);
    }
  }

  private <T> T execute(List<Sql> before, Execution<T> answer) throws SQLException {
    try (PreparedStatement statement =
        transaction.connection().prepareStatement(textAfter(before))) {
      int bound = 0;
      for (Sql earlier : before) {
        bound = earlier.bind(statement, bound);
      }
      bind(statement, bound);
      statement.execute();
      for (Sql _ : before) {
        statement.getMoreResults();
      }
      return answer.run(statement);
    }
  }

  private String textAfter(List<Sql> before) {
    return before.isEmpty()
        ? text
        : before.stream().map(earlier -> earlier.text + "; ").collect(joining()) + text;
  }

  private int bind(PreparedStatement statement, int bound) throws SQLException {
    int at = bound;
    for (Parameter parameter : parameters) {
      parameter.set(statement, ++at);
    }
    return at;
  }

  private interface Parameter {
    void set(PreparedStatement statement, int at) throws SQLException;
  }

  private interface Execution<T> {
    T run(PreparedStatement statement) throws SQLException;
  }
}
