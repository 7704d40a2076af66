package io.scrip.journal;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import java.util.List;
import java.util.function.Function;

/** Where groups are committed. Implemented by the store. */
public interface Ledger {
  /**
   * Runs the work in one transaction and commits it durably: once this returns, nothing of it is
   * lost, whatever happens to the process or the machine.
   *
   * @throws LedgerException when it could not be committed; nothing of it has happened then, unless
   *     {@link LedgerException#outcomeUnknown()}
   */
  <T> T commit(Function<Transaction, T> work);

  /**
   * The same for work that may be run again: first as if nothing stood in its way, in as few
   * messages as that takes, and with care when something did. Only the last run counts.
   */
  <T> T commitRepeatable(Function<Transaction, T> work);

  /** How many writers may commit side by side: 1 where the database has one writer at a time. */
  int maxWriters();

  /**
   * Keeps other chains from being opened until the transaction ends, so that each new chain is
   * linked to the one before.
   *
   * @return hash of the last event of the chain that was opened last; 32 zero bytes in an empty
   *     trail
   */
  byte[] lockLatestHead(Transaction tx);

  /**
   * Appends events and checkpoints, each in its place, to the trail. That it failed may be heard
   * only when the transaction is committed.
   */
  void append(Transaction tx, List<ChainedEvent> events, List<Checkpoint> checkpoints);
}
