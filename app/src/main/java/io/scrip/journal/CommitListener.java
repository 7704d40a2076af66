package io.scrip.journal;

import io.scrip.audit.ChainedEvent;
import java.time.Duration;
import java.util.List;

/** Told of each group, on the writer's thread; must be quick. */
public interface CommitListener {
  /** A group of so many entries is durable, and these events with it. */
  void committed(int entries, List<ChainedEvent> events, Duration took);

  /** A commit failed; its entries were tried one by one after, unless there was but one. */
  void failed(int entries);

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
