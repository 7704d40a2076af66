package io.scrip.audit;

import java.time.Instant;

/** What the check of an export came to. */
public sealed interface Verdict {

  /**
   * Nothing was changed, added, removed or reordered since the closing line was signed. That speaks
   * for the trail up to {@code at}: who wants to know that nothing is missing since then asks for a
   * new export.
   *
   * @param events shown and sealed together
   * @param sealed of these, events of other tenants: their place was checked, their content not
   *     shown
   * @param at when the export was finished
   * @param tenant whose events are shown
   */
  record Verified(
      long events, long chains, long checkpoints, long sealed, Instant at, String tenant)
      implements Verdict {}

  /** No trail, but the record of one erasure, and as it was signed. */
  record Erased(Erasure record) implements Verdict {}

  /**
   * The trail is not what was written. Names the first event that was changed, added, removed or
   * reordered.
   *
   * @param line number of the line where it shows, from 1; one past the last when the end is
   *     missing
   * @param chain of the event; empty when no chain has begun yet
   * @param sequence of the event in its chain; 0 when it concerns the export as a whole
   * @param what in words, without anything that a stranger wrote into the file
   */
  record Broken(long line, String chain, long sequence, String what) implements Verdict {}

  /**
   * Well-formed, but only some events, picked by a filter: whether any were left out cannot be
   * told.
   */
  record Selection(long events, Instant at) implements Verdict {}
}
