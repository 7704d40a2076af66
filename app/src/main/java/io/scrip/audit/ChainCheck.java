package io.scrip.audit;

import java.util.Arrays;
import java.util.List;

/** One chain as far as it was read. */
final class ChainCheck {
  private final String name;
  private byte[] head = ChainHash.nothing();
  private long sequence;
  private long sealed;
  private long checkpoints;
  private long checkpointed;

  ChainCheck(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  long sequence() {
    return sequence;
  }

  /** Sequence of the last event that a signature vouches for. */
  long checkpointed() {
    return checkpointed;
  }

  Closing.ChainEnd end() {
    return new Closing.ChainEnd(name, sequence, head, sealed, checkpoints);
  }

  void event(TrailLine.Event event) throws BrokenTrailException {
    inOrder(event.sequence());
    if (event.previous().isPresent() != (event.sequence() == 1)) {
      throw broken(
          event.sequence(), "only the first event of a chain, and always it, states 'previous'");
    }
    byte[] hash = ChainHash.link(event.previous().orElse(head), event.body());
    if (!Arrays.equals(hash, event.hash())) {
      throw broken(event.sequence(), "this event was changed: its hash is another");
    }
    sequence = event.sequence();
    head = hash;
    sealed += event.tenant().isPresent() ? 0 : 1;
  }

  private void inOrder(long found) throws BrokenTrailException {
    if (found > sequence + 1) {
      throw broken(
          sequence + 1, "this event was removed or moved: event " + found + " stands here");
    }
    if (found <= sequence) {
      throw broken(found, "this event comes too late or a second time: added or moved");
    }
  }

  void checkpoint(Checkpoint checkpoint, List<TrailKey> keys) throws BrokenTrailException {
    inPlace(checkpoint);
    byte[] message =
        Checkpoint.message(
            name, checkpoint.sequence(), checkpoint.at(), checkpoint.head(), checkpoint.keyId());
    if (keys.stream().noneMatch(key -> key.verifies(message, checkpoint.signature()))) {
      throw broken(checkpoint.sequence(), "this checkpoint is not signed by the given key");
    }
    if (!Arrays.equals(head, checkpoint.head())) {
      throw broken(checkpointed + 1, changedUpTo(sequence));
    }
    checkpointed = sequence;
    checkpoints++;
  }

  private void inPlace(Checkpoint checkpoint) throws BrokenTrailException {
    long signed = checkpoint.sequence();
    if (signed > sequence) {
      throw broken(
          sequence + 1, "this event is missing: a checkpoint of event " + signed + " follows");
    }
    if (signed < sequence) {
      throw broken(signed, "this checkpoint stands in the wrong place: moved or added");
    }
  }

  /**
   * Somebody has computed new hashes as well: only a signature tells, and it vouches for a stretch.
   */
  static String changedUpTo(long last) {
    return "this event or one after it, up to "
        + last
        + ", was changed: the signed head is another";
  }

  private BrokenTrailException broken(long where, String what) {
    return new BrokenTrailException(name, where, what);
  }
}
