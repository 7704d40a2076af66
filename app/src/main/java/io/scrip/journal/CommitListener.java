package io.scrip.journal;

import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import java.time.Duration;
import java.util.List;

/** Told of each group, on the writer's thread; must be quick. */
public interface CommitListener {
  /** A group of so many entries is durable, and these events with it. */
  void committed(int entries, List<ChainedEvent> events, Duration took);

  /** A commit failed; its entries were tried one by one after, unless there was but one. */
  void failed(int entries);

  /** All of the checkpoint's chain up to its event is signed, durably. */
  default void signed(Checkpoint checkpoint) {}

  /**
   * A checkpoint that was due, or the end of a chain, could not be written; the next one will cover
   * it.
   */
  default void notSigned() {}

  /**
   * Nothing will follow in this chain, and nobody will sign its end: the connection broke while its
   * last events were being committed.
   */
  default void abandoned(String chain) {}

  /** Listens to nothing. */
  static CommitListener none() {
    return new CommitListener() {
      @Override
      public void committed(int entries, List<ChainedEvent> events, Duration took) {}

      @Override
      public void failed(int entries) {}
    };
  }
}
