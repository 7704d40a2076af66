package io.scrip.store;

import io.scrip.journal.LedgerException;
import java.sql.SQLException;
import java.util.Set;

/**
 * The database refused a statement. Carries the SQLSTATE and where it happened, and not the
 * driver's message: PostgreSQL and H2 both put a row's values into it.
 */
final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** PostgreSQL's code for a character that its encoding cannot hold. */
  private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String DIVISION_BY_ZERO = "22012";

  /**
   * Classes of SQLSTATE (ISO/IEC 9075-2, PostgreSQL's appendix A) that say that a commit did not
   * happen: integrity, transaction state, rollback; and those of a statement that travelled with
   * the commit: data, access, resources, limits.
   */
  private static final Set<String> NOT_COMMITTED = Set.of("23", "25", "40", "22", "42", "53", "54");

  /** Of class 40, but says the opposite: statement completion unknown. */
  private static final String COMPLETION_UNKNOWN = "40003";

  private final String state;

  private StoreFailure(String message, String state) {
    super(message);
    this.state = state;
  }

  static StoreFailure of(SQLException failure) {
    String state = failure.getSQLState() == null ? "unknown" : failure.getSQLState();
    var known = new StoreFailure("the database answered SQLSTATE " + state, state);
    known.setStackTrace(failure.getStackTrace());
    return known;
  }

  static StoreFailure unstorableText() {
    return new StoreFailure("a text holds a NUL or a lone surrogate", CHARACTER_NOT_IN_REPERTOIRE);
  }

  /** The work went on after a statement had failed. */
  static StoreFailure overlooked() {
    return new StoreFailure("a statement had failed before the commit", "25P02");
  }

  static StoreFailure neverSettled() {
    return new StoreFailure("rows kept colliding with rows that are not there", "40001");
  }

  /** Something unique is taken. */
  boolean isCollision() {
    return state.equals(UNIQUE_VIOLATION);
  }

  /** Something that {@link JdbcTransaction.Mode#PRESUMING} presumes is not so. */
  boolean isPresumption() {
    return isCollision() || state.equals(DIVISION_BY_ZERO);
  }

  /** Before the commit was asked for: nothing has happened. */
  LedgerException rolledBack() {
    return new LedgerException("not committed, " + getMessage(), false, this);
  }

  /** While committing: unless the database says that it rolled back, nobody knows. */
  LedgerException atCommit() {
    boolean refused =
        state.length() == 5
            && NOT_COMMITTED.contains(state.substring(0, 2))
            && !state.equals(COMPLETION_UNKNOWN);
    return refused
        ? rolledBack()
        : new LedgerException("outcome of the commit unknown, " + getMessage(), true, this);
  }
}
