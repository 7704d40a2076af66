package io.scrip.journal;

import io.scrip.audit.AuditChain;

/** Where writers get their audit chains. */
public interface ChainSource {
  /**
   * A new chain.
   *
   * @param previousHead what {@link Ledger#lockLatestHead} gave
   */
  AuditChain next(byte[] previousHead);

  /** Names this process in the events that open and close its chains. */
  String node();
}
