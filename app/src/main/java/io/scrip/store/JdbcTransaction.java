package io.scrip.store;

import io.scrip.journal.Transaction;
import java.sql.Connection;

/**
 * The connection of one group, and whether a statement on it has failed. Such a transaction is
 * never committed, whoever caught the failure: PostgreSQL would answer the commit with a silent
 * rollback, and H2 would commit what is left.
 */
final class JdbcTransaction implements Transaction {
  private final Connection connection;
  private boolean failed;

  JdbcTransaction(Connection connection) {
    this.connection = connection;
  }

  static JdbcTransaction of(Transaction tx) {
    return (JdbcTransaction) tx;
  }

  Connection connection() {
    return connection;
  }

  void fail() {
    failed = true;
  }

  boolean failed() {
    return failed;
  }
}
