package io.scrip.audit;

import java.util.Optional;

/** Stub. */
public final class AuditChain {
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Gives the event its place. Not thread-safe: a chain has one author. */
  public ChainedEvent append(AuditEvent event) {
    throw new UnsupportedOperationException();
  }

  /** A checkpoint of the head when enough events or time have passed since the last. */
  public Optional<Checkpoint> checkpointWhenDue() {
    throw new UnsupportedOperationException();
  }

  /** A checkpoint of the head, now. */
  public Checkpoint checkpoint() {
    throw new UnsupportedOperationException();
  }

  /** Where the chain stands; {@link #rewind} brings it back there when a group was rolled back. */
  public Position position() {
    throw new UnsupportedOperationException();
  }

  public void rewind(Position position) {
    throw new UnsupportedOperationException();
  }

  /** A place in the chain. */
  public record Position(long sequence, byte[] head, long checkpointed, java.time.Instant checkpointedAt) {}
}
