package io.scrip.audit;

import java.util.Arrays;
import java.util.List;

/** Compares what was read with what the closing line states under signature. */
final class EndCheck {
  private final List<ChainCheck> read;

  EndCheck(List<ChainCheck> read) {
    this.read = read;
  }

  void equal(List<Closing.ChainEnd> stated) throws BrokenTrailException {
    for (int i = 0; i < Math.min(read.size(), stated.size()); i++) {
      sameChain(read.get(i), stated.get(i), stated);
      sameEnd(read.get(i), stated.get(i));
    }
    if (read.size() < stated.size()) {
      throw removed(stated.get(read.size()).chain());
    }
    if (read.size() > stated.size()) {
      throw added(read.get(stated.size()).name());
    }
  }

  private void sameChain(ChainCheck found, Closing.ChainEnd end, List<Closing.ChainEnd> stated)
      throws BrokenTrailException {
    if (found.name().equals(end.chain())) {
      return;
    }
    if (read.stream().noneMatch(chain -> chain.name().equals(end.chain()))) {
      throw removed(end.chain());
    }
    if (stated.stream().noneMatch(chain -> chain.chain().equals(found.name()))) {
      throw added(found.name());
    }
    throw new BrokenTrailException(found.name(), 1, "this chain stands in the wrong place: moved");
  }

  private static void sameEnd(ChainCheck chain, Closing.ChainEnd end) throws BrokenTrailException {
    Closing.ChainEnd found = chain.end();
    if (found.sequence() < end.sequence()) {
      throw at(
          end,
          found.sequence() + 1,
          "this event was removed, and what follows up to " + end.sequence());
    }
    if (found.sequence() > end.sequence()) {
      throw at(end, end.sequence() + 1, "this event was added: the closing line ends before it");
    }
    if (!Arrays.equals(found.head(), end.head())) {
      throw at(end, chain.checkpointed() + 1, ChainCheck.changedUpTo(end.sequence()));
    }
    if (found.sealed() != end.sealed()) {
      throw at(
          end, 1, "an event of this chain was sealed, or one was opened, after it was exported");
    }
    if (found.checkpoints() != end.checkpoints()) {
      throw at(end, 1, "a checkpoint of this chain was removed or added");
    }
  }

  private static BrokenTrailException removed(String chain) {
    return new BrokenTrailException(chain, 1, "this event was removed, with its whole chain");
  }

  private static BrokenTrailException added(String chain) {
    return new BrokenTrailException(chain, 1, "this event was added, with its whole chain");
  }

  private static BrokenTrailException at(Closing.ChainEnd end, long sequence, String what) {
    return new BrokenTrailException(end.chain(), sequence, what);
  }
}
