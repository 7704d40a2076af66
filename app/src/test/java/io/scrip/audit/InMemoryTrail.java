package io.scrip.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trail in lists, in the order of writing. */
public final class InMemoryTrail implements TrailReader {
  private static final Comparator<ChainedEvent> BY_TIME =
      Comparator.comparing(ChainedEvent::at)
          .thenComparing(ChainedEvent::chain)
          .thenComparingLong(ChainedEvent::sequence);

  private final Map<String, List<ChainedEvent>> chains = new LinkedHashMap<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private Optional<Head> latest = Optional.empty();

  public void add(ChainedEvent event) {
    chains.computeIfAbsent(event.chain(), _ -> new ArrayList<>()).add(event);
    latest = Optional.of(head(event));
  }

  public void add(Checkpoint checkpoint) {
    checkpoints.add(checkpoint);
  }

  private static Head head(ChainedEvent event) {
    return new Head(event.chain(), event.sequence(), event.hash());
  }

  @Override
  public List<Head> heads() {
    return chains.values().stream().map(List::getLast).map(InMemoryTrail::head).toList();
  }

  @Override
  public Optional<Head> latest() {
    return latest;
  }

  @Override
  public List<ChainedEvent> events(String chain, long after, long upTo, int limit) {
    return chains.getOrDefault(chain, List.of()).stream()
        .filter(event -> event.sequence() > after && event.sequence() <= upTo)
        .limit(limit)
        .toList();
  }

  @Override
  public List<ChainedEvent> events(Filter filter, Optional<ChainedEvent> after, int limit) {
    return chains.values().stream()
        .flatMap(List::stream)
        .filter(event -> event.event().tenant().equals(filter.tenant()))
        .filter(event -> filter.action().map(event.event().action()::equals).orElse(true))
        .sorted(BY_TIME)
        .filter(event -> after.map(last -> BY_TIME.compare(event, last) > 0).orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public List<Checkpoint> checkpoints(String chain, long after, int limit) {
    return checkpoints.stream()
        .filter(checkpoint -> checkpoint.chain().equals(chain) && checkpoint.sequence() > after)
        .limit(limit)
        .toList();
  }
}
