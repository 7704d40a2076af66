package io.scrip.store;

import io.scrip.journal.Transaction;
import java.sql.Connection;

/** The connection of one group. */
record JdbcTransaction(Connection connection) implements Transaction {
  static Connection connection(Transaction tx) {
    return ((JdbcTransaction) tx).connection();
  }
}
