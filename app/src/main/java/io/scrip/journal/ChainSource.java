package io.scrip.journal;

import io.scrip.audit.AuditChain;

/** Where writers get their audit chains. */
public interface ChainSource {
  /** A new chain, linked to what was written last. */
  AuditChain next();

  /** Names this process in the events that open and close its chains. */
  String node();
}
