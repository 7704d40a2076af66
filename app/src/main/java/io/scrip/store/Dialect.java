package io.scrip.store;

import io.scrip.store.Column.Spread;
import java.util.List;
import java.util.Optional;

/**
 * Where the SQL of the two databases differs. All else is written once: both take arrays through
 * {@code unnest} and {@code = any(?)}, so a group of any size is one statement.
 */
enum Dialect {
  /** H2 2.4 in its PostgreSQL mode. */
  H2("h2") {
    @Override
    String now() {
      return "current_timestamp"; // of the transaction's first statement: a group lasts
      // milliseconds
    }

    @Override
    Optional<String> lockChains() {
      return Optional.empty(); // writers queue within the one process
    }

    @Override
    Optional<String> holdKeys() {
      return Optional.empty(); // writers queue within the one process
    }

    @Override
    Optional<String> awaitHolders() {
      return Optional.empty();
    }

    @Override
    String returning(String change, String columns) {
      return "select " + columns + " from final table (" + change + ")";
    }

    @Override
    Spread spread(Spread of) {
      return of == Spread.SAME ? Spread.EACH : of;
    }

    @Override
    String given(String type, Spread spread) {
      return "cast(? as " + type + " array)";
    }

    @Override
    String rowsOf(List<String> given) {
      return "select * from unnest(" + String.join(", ", given) + ")";
    }
  },

  /** PostgreSQL 14 or newer. */
  POSTGRESQL("postgresql") {
    @Override
    String now() {
      return "statement_timestamp()"; // the same wherever it stands in a statement, unlike
      // clock_timestamp()
    }

    @Override
    Optional<String> lockChains() {
      return Optional.of("select pg_advisory_xact_lock(hashtext('scrip_audit.audit_chains'))");
    }

    @Override
    Optional<String> holdKeys() {
      return Optional.of("select pg_advisory_xact_lock_shared(hashtext('scrip_keys'))");
    }

    @Override
    Optional<String> awaitHolders() {
      return Optional.of("select pg_advisory_xact_lock(hashtext('scrip_keys'))");
    }

    @Override
    String returning(String change, String columns) {
      return change + " returning " + columns;
    }

    @Override
    Spread spread(Spread of) {
      return of;
    }

    @Override
    String given(String type, Spread spread) { // in the from clause all rows would be stored first
      return spread == Spread.EACH
          ? "unnest(cast(? as " + type + " array))"
          : "cast(? as " + type + ")";
    }

    @Override
    String rowsOf(List<String> given) {
      return "select " + String.join(", ", given);
    }
  };

  private final String folder;

  Dialect(String folder) {
    this.folder = folder;
  }

  /** The database's own clock, by which leases end: never that of an instance. */
  abstract String now();

  /**
   * Makes whoever opens an audit chain wait for whoever opens another, until the transaction ends.
   */
  abstract Optional<String> lockChains();

  /** Until the transaction ends, no {@link #awaitHolders} gets through; holders do not wait. */
  abstract Optional<String> holdKeys();

  /** Waits until no other transaction holds keys, and keeps others from it. */
  abstract Optional<String> awaitHolders();

  /** A change that answers with columns of the rows it touched, as they are afterwards. */
  abstract String returning(String change, String columns);

  /** What of a column is sent, where it could be so much. */
  abstract Spread spread(Spread of);

  /** Takes a column's value, or its array of values, as a parameter of {@link #rowsOf}. */
  abstract String given(String type, Spread spread);

  /** Selects a row for each place of the arrays among these, which are of one length. */
  abstract String rowsOf(List<String> given);

  /** Where its migrations are. */
  String migrations() {
    return "classpath:db/migration/" + folder;
  }

  /** Whether one process owns the database file, so that writers may as well queue within it. */
  boolean ownsFile() {
    return this == H2;
  }
}
