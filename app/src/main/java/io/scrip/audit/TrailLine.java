package io.scrip.audit;

import java.time.Instant;
import java.util.Optional;

/** One line of an export, read. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
sealed interface TrailLine {

  /**
   * A line that stands for an event, open or sealed.
   *
   * @param body SHA-256 of the event's encoding: computed from what stands there, or taken from a
   *     sealed line
   * @param tenant whose event it is; nothing when sealed
   * @param previous only on the first event of a chain
   * @param anchor a later chain was opened upon this event
   */
  record Event(
      String chain,
      long sequence,
      byte[] body,
      Optional<String> tenant,
      Optional<byte[]> previous,
      byte[] hash,
      boolean anchor)
      implements TrailLine {}

  /** A checkpoint. */
  record Signed(Checkpoint checkpoint) implements TrailLine {}

  /** The closing line. */
  record End(Closing closing, byte[] signature) implements TrailLine {}

  /** The first line of a selection. */
  record Selection(Instant at) implements TrailLine {}
}
