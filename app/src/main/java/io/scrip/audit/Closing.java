package io.scrip.audit;

import java.time.Instant;
import java.util.List;

/**
 * What the last line of a whole export states under signature: how far each chain went at that
 * time, so that no tail can be cut off and no chain left out.
 *
 * @param at when the export was finished
 * @param tenant whose events are shown; everybody else's are sealed
 * @param chains in the order of the export
 */
record Closing(Instant at, String tenant, String keyId, List<ChainEnd> chains) {

  /** The bytes that are signed; app/docs/audit.md lays them out. */
  byte[] message() {
    CanonicalBytes bytes =
        new CanonicalBytes()
            .text("scrip.audit.end.v1")
            .time(at)
            .text(tenant)
            .text(keyId)
            .number(chains.size());
    for (ChainEnd end : chains) {
      bytes
          .text(end.chain())
          .number(end.sequence())
          .bytes(end.head())
          .number(end.sealed())
          .number(end.checkpoints());
    }
    return bytes.toBytes();
  }

  /**
   * One chain as it stands in the export.
   *
   * @param sequence of the last event
   * @param head its hash
   * @param sealed how many events are sealed: nobody can black out one of the reader's own
   * @param checkpoints how many checkpoints stand there
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record ChainEnd(String chain, long sequence, byte[] head, long sealed, long checkpoints) {}
}
