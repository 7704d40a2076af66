package io.scrip.audit;

import java.time.Instant;

/**
 * A signed statement that a chain had this head at this length.
 *
 * @param sequence of the event that is the head
 * @param at when it was signed, to the microsecond
 * @param head its hash
 * @param keyId names the signing key
 * @param signature Ed25519, RFC 8032, over {@link #message}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record Checkpoint(
    String chain, long sequence, Instant at, byte[] head, String keyId, byte[] signature) {

  /** The bytes that are signed; app/docs/audit.md lays them out. */
  public static byte[] message(String chain, long sequence, Instant at, byte[] head, String keyId) {
    return new CanonicalBytes()
        .text("scrip.audit.checkpoint.v1")
        .text(chain)
        .number(sequence)
        .time(at)
        .bytes(head)
        .text(keyId)
        .toBytes();
  }
}
