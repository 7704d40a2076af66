package io.scrip.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been read of an export so far, and what the next line therefore has to be. */
final class TrailCheck {
  /** A closing line cannot name more; at sixty starts a day they last four years. */
  static final int MAX_CHAINS = 100_000;

  private final List<TrailKey> keys;
  private final Map<String, ChainCheck> chains = new LinkedHashMap<>();
  private final LinkCheck links = new LinkCheck();
  private Optional<ChainCheck> current = Optional.empty();
  private Optional<String> tenant = Optional.empty();
  private Optional<TrailLine.Selection> selection = Optional.empty();
  private Optional<Verdict> verdict = Optional.empty();
  private long lines;
  private long events;

  TrailCheck(List<TrailKey> keys) {
    this.keys = keys;
  }

  void accept(TrailLine line) throws BrokenTrailException {
    if (verdict.isPresent()) {
      throw broken("something was added behind the closing line");
    }
    lines++;
    switch (line) {
      case TrailLine.Event event when selection.isPresent() -> select(event);
      case TrailLine.Event event -> event(event);
      case TrailLine.Signed(Checkpoint checkpoint) -> checkpoint(checkpoint);
      case TrailLine.End end -> verdict = Optional.of(end(end));
      case TrailLine.Selection first -> begin(first);
    }
  }

  Verdict finish() throws BrokenTrailException {
    if (selection.isPresent()) {
      return new Verdict.Selection(events, selection.get().at());
    }
    if (verdict.isEmpty()) {
      throw broken("the closing line is missing: the export was cut off before it, perhaps here");
    }
    return verdict.get();
  }

  /** A finding where the check stands: at the event that would have to come next. */
  BrokenTrailException broken(String what) {
    return new BrokenTrailException(
        current.map(ChainCheck::name).orElse(""),
        current.map(chain -> chain.sequence() + 1).orElse(0L),
        what);
  }

  private void begin(TrailLine.Selection first) throws BrokenTrailException {
    if (lines != 1) {
      throw broken("a selection begins in the middle of an export");
    }
    selection = Optional.of(first);
  }

  private void select(TrailLine.Event event) throws BrokenTrailException {
    if (event.tenant().isEmpty()) {
      throw new BrokenTrailException(
          event.chain(), event.sequence(), "a selection holds nothing but events that are shown");
    }
    events++;
  }

  private void event(TrailLine.Event event) throws BrokenTrailException {
    ChainCheck chain = chainOf(event);
    chain.event(event);
    links.event(event, chains.size() == 1);
    if (event.tenant().isPresent()) {
      showsOneTenant(event, event.tenant().get());
    }
    events++;
  }

  private ChainCheck chainOf(TrailLine.Event event) throws BrokenTrailException {
    if (current.isEmpty() || !current.get().name().equals(event.chain())) {
      current = Optional.of(begin(event));
    }
    return current.orElseThrow();
  }

  private ChainCheck begin(TrailLine.Event event) throws BrokenTrailException {
    ChainCheck begun = new ChainCheck(event.chain());
    if (chains.size() == MAX_CHAINS) {
      throw broken("more than " + MAX_CHAINS + " chains");
    }
    if (chains.putIfAbsent(event.chain(), begun) != null) {
      throw new BrokenTrailException(
          event.chain(), event.sequence(), "this event stands outside its chain: added or moved");
    }
    return begun;
  }

  private void showsOneTenant(TrailLine.Event event, String shown) throws BrokenTrailException {
    if (!tenant.orElse(shown).equals(shown)) {
      throw new BrokenTrailException(
          event.chain(), event.sequence(), "this event of another tenant should be sealed");
    }
    tenant = Optional.of(shown);
  }

  private void checkpoint(Checkpoint checkpoint) throws BrokenTrailException {
    if (current.isEmpty() || !current.get().name().equals(checkpoint.chain())) {
      throw new BrokenTrailException(
          checkpoint.chain(), checkpoint.sequence(), "this checkpoint stands outside its chain");
    }
    current.get().checkpoint(checkpoint, keys);
  }

  private Verdict end(TrailLine.End end) throws BrokenTrailException {
    Closing closing = end.closing();
    byte[] message = closing.message();
    if (keys.stream().noneMatch(key -> key.verifies(message, end.signature()))) {
      throw new BrokenTrailException("", 0, "the closing line is not signed by the given key");
    }
    new EndCheck(List.copyOf(chains.values())).equal(closing.chains());
    links.resolved();
    if (!tenant.orElse(closing.tenant()).equals(closing.tenant())) {
      throw new BrokenTrailException("", 0, "the closing line is that of another tenant's export");
    }
    return verified(closing);
  }

  private Verdict verified(Closing closing) {
    long sealed = closing.chains().stream().mapToLong(Closing.ChainEnd::sealed).sum();
    long checkpoints = closing.chains().stream().mapToLong(Closing.ChainEnd::checkpoints).sum();
    return new Verdict.Verified(
        events, chains.size(), checkpoints, sealed, closing.at(), closing.tenant());
  }
}
