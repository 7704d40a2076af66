package io.scrip.store;

import io.scrip.journal.LedgerException;
import io.scrip.journal.Transaction;
import io.scrip.store.JdbcTransaction.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The pool, and how a transaction is run on it: one connection, everything rolled back on any
 * exception, nothing acknowledged that could still be lost.
 *
 * <p>H2 acknowledges commits before they are on disk, and loses them when the process is killed. So
 * there, each commit is followed by {@code CHECKPOINT SYNC}, and writers queue: one synced commit
 * at a time is as fast as the file gets.
 *
 * <p>Threads that run transactions must not be interrupted: H2 closes its file when a thread is
 * interrupted in a write.
 */
final class Database implements AutoCloseable {
  /** H2: the database is closed, as the connection finds that closed it. */
  private static final int CLOSED = 90121;

  /** Groups to write with care after one collided: where tokens are few, the next will too. */
  private static final int WARY_GROUPS = 100;

  private final DataSource pool;
  private final Dialect dialect;
  private final ReentrantLock oneWriter = new ReentrantLock(true);
  private final AtomicInteger wary = new AtomicInteger();

  Database(DataSource pool, Dialect dialect) {
    this.pool = pool;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  DataSource pool() {
    return pool;
  }

  /** Runs the work and commits it durably; see {@link io.scrip.journal.Ledger#commit}. */
  <T> T write(Function<Transaction, T> work) {
    if (!dialect.ownsFile()) {
      return transact(work, Mode.TOGETHER, JdbcTransaction::commit);
    }
    oneWriter.lock();
    try {
      return transact(work, Mode.ONE_BY_ONE, Database::commitAndSync);
    } finally {
      oneWriter.unlock();
    }
  }

  /**
   * The same, with the work run again when it presumed too much; see {@link
   * io.scrip.journal.Ledger#commitRepeatable}.
   */
  <T> T writeRepeatable(Function<Transaction, T> work) {
    if (dialect.ownsFile() || wary.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return write(work);
    }
    try {
      return transact(tx -> presuming(tx, work), Mode.PRESUMING, JdbcTransaction::commit);
    } catch (LedgerException e) {
      if (!(e.getCause() instanceof StoreFailure wrong && wrong.isPresumption())) {
        throw e;
      }
      if (wrong.isCollision()) {
        wary.set(WARY_GROUPS);
      }
      return write(work);
    }
  }

  /**
   * Work that fails may have failed of what it presumed, and then the database says so when it is
   * asked: keys that were in force are gone from memory the moment another writer learns it.
   */
  private static <T> T presuming(Transaction tx, Function<Transaction, T> work) {
    try {
      return work.apply(tx);
    } catch (RuntimeException failure) {
      JdbcTransaction.of(tx).ask();
      throw failure;
    }
  }

  /** Runs work that only reads. */
  <T> T read(Function<Transaction, T> work) {
    return transact(work, Mode.ONE_BY_ONE, JdbcTransaction::commit);
  }

  /**
   * Where H2 is stopped, its file is made small again: it grows tenfold by synced commits.
   * PostgreSQL stays as it is.
   */
  @Override
  public void close() {
    if (dialect.ownsFile()) {
      try (Connection connection = pool.getConnection();
          var statement = connection.createStatement()) {
        statement.execute("shutdown compact");
      } catch (SQLException e) {
        if (e.getErrorCode() != CLOSED) {
          throw StoreFailure.of(e);
        }
      }
    }
  }

  private <T> T transact(Function<Transaction, T> work, Mode mode, End end) {
    Connection connection = open();
    try {
      var transaction = new JdbcTransaction(connection, dialect, mode);
      T result = apply(work, transaction);
      end(transaction, end);
      return result;
    } finally {
      giveBack(connection);
    }
  }

  private Connection open() {
    try {
      Connection connection = pool.getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw StoreFailure.of(e).rolledBack();
    }
  }

  private static <T> T apply(Function<Transaction, T> work, JdbcTransaction transaction) {
    boolean done = false;
    try {
      T result = work.apply(transaction);
      if (transaction.failed()) {
        throw StoreFailure.overlooked();
      }
      done = true;
      return result;
    } catch (StoreFailure e) {
      throw e.rolledBack();
    } finally {
      if (!done) {
        rollBack(transaction.connection());
      }
    }
  }

  private static void end(JdbcTransaction transaction, End end) {
    try {
      end.run(transaction);
    } catch (SQLException e) {
      rollBack(transaction.connection());
      throw StoreFailure.of(e).atCommit();
    } catch (StoreFailure e) {
      rollBack(transaction.connection());
      throw e.atCommit();
    }
  }

  private static void commitAndSync(JdbcTransaction transaction) throws SQLException {
    transaction.commit();
    try (var statement = transaction.connection().createStatement()) {
      statement.execute("checkpoint sync");
    }
  }

  /** A connection that cannot roll back is broken, and the database has rolled back by itself. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException alreadyGone) {
      // What brought us here is on its way to the caller.
    }
  }

  /** What was committed stays committed, even when the connection does not close in order. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // The pool drops a broken connection by itself.
    }
  }

  private interface End {
    void run(JdbcTransaction transaction) throws SQLException;
  }
}
