package io.scrip.audit;

import java.time.Instant;

/**
 * An event in its place.
 *
 * @param chain names the chain: one per process start and journal writer, so that each has a single
 *     author; 1 to 128 of {@code A-Z a-z 0-9 . _ : -}
 * @param sequence 1 for the first event of the chain, then without gaps
 * @param at when it was written, to the microsecond; never before the event before
 * @param previous hash of the event before; for the first event, the head of the chain that was
 *     written last before this one was opened, or 32 zero bytes in an empty trail: so no chain can
 *     be taken away whole
 * @param hash SHA-256 over {@link #previous()} and every field; the next event carries it on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record ChainedEvent(
    String chain, long sequence, Instant at, AuditEvent event, byte[] previous, byte[] hash) {

  /**
   * SHA-256 over every field but {@code previous} and {@code hash}: enough to follow the chain
   * without reading it.
   */
  public byte[] body() {
    return EventFields.of(this).body();
  }
}
