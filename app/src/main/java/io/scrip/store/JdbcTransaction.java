package io.scrip.store;

import io.scrip.journal.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The connection of one group, what is still to be sent on it, and whether a statement on it has
 * failed. Such a transaction is never committed, whoever caught the failure: PostgreSQL would
 * answer the commit with a silent rollback, and H2 would commit what is left.
 */
final class JdbcTransaction implements Transaction {
  private final Connection connection;
  private final Dialect dialect;
  private final Mode mode;
  private final List<Sql> putOff = new ArrayList<>();
  private boolean failed;

  JdbcTransaction(Connection connection, Dialect dialect, Mode mode) {
    this.connection = connection;
    this.dialect = dialect;
    this.mode = mode;
  }

  static JdbcTransaction of(Transaction tx) {
    return (JdbcTransaction) tx;
  }

  /** How its statements are sent. */
  enum Mode {
    /** Each by itself: in an embedded database nothing is gained by sending several at once. */
    ONE_BY_ONE,

    /** Those that nobody waits for along with the next. */
    TOGETHER,

    /**
     * Besides, that the catalog has not changed and that nothing unique is taken is presumed and
     * not asked: the database says so if it is wrong, and then has done nothing.
     */
    PRESUMING
  }

  Connection connection() {
    return connection;
  }

  Dialect dialect() {
    return dialect;
  }

  boolean presumes() {
    return mode == Mode.PRESUMING;
  }

  boolean canPutOff() {
    return mode != Mode.ONE_BY_ONE;
  }

  void putOff(Sql statement) {
    putOff.add(statement);
  }

  /** What is to be sent before whatever is sent next. */
  List<Sql> takePutOff() {
    List<Sql> taken = List.copyOf(putOff);
    putOff.clear();
    return taken;
  }

  /** With what was put off, in the same message. */
  void commit() throws SQLException {
    if (putOff.isEmpty()) {
      connection.commit();
    } else {
      Sql.in(this, "commit").change();
    }
  }

  /** Fails when anything of what was put off does; nothing of it happens. */
  void ask() {
    if (!putOff.isEmpty()) {
      Sql.in(this, "rollback").change();
    }
  }

  void fail() {
    failed = true;
  }

  boolean failed() {
    return failed;
  }
}
