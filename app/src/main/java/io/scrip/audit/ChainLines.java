package io.scrip.audit;

import io.scrip.audit.TrailReader.Head;
import io.scrip.identity.TenantId;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of one chain up to a head: its events by sequence, each checkpoint behind the event it
 * signs.
 */
final class ChainLines implements Iterator<String> {
  private final Head head;
  private final TenantId tenant;
  private final Set<ByteBuffer> anchors;
  private final Iterator<ChainedEvent> events;
  private final Iterator<Checkpoint> signatures;
  private Optional<ChainedEvent> event;
  private Optional<Checkpoint> signature;
  private long sealed;
  private long checkpoints;

  ChainLines(TrailReader reader, Head head, TenantId tenant, Set<ByteBuffer> anchors) {
    this.head = head;
    this.tenant = tenant;
    this.anchors = anchors;
    this.events = new Pages<>(last -> eventsAfter(reader, last));
    this.signatures = new Pages<>(last -> checkpointsAfter(reader, last));
    this.event = nextOf(events);
    this.signature = nextOf(signatures);
  }

  private List<ChainedEvent> eventsAfter(TrailReader reader, Optional<ChainedEvent> last) {
    long after = last.map(ChainedEvent::sequence).orElse(0L);
    return reader.events(head.chain(), after, head.sequence(), AuditExport.PAGE);
  }

  private List<Checkpoint> checkpointsAfter(TrailReader reader, Optional<Checkpoint> last) {
    long after = last.map(Checkpoint::sequence).orElse(0L);
    return reader.checkpoints(head.chain(), after, AuditExport.PAGE).stream()
        .filter(
            checkpoint ->
                checkpoint.sequence() <= head.sequence()) // what came since the export began
        .toList();
  }

  private static <T> Optional<T> nextOf(Iterator<T> elements) {
    return elements.hasNext() ? Optional.of(elements.next()) : Optional.empty();
  }

  @Override
  public boolean hasNext() {
    return event.isPresent() || signature.isPresent();
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return eventComesFirst()
        ? eventLine(event.orElseThrow())
        : checkpointLine(signature.orElseThrow());
  }

  private boolean eventComesFirst() {
    long nextEvent = event.map(ChainedEvent::sequence).orElse(Long.MAX_VALUE);
    long nextSignature = signature.map(Checkpoint::sequence).orElse(Long.MAX_VALUE);
    return event.isPresent() && nextEvent <= nextSignature;
  }

  private String eventLine(ChainedEvent written) {
    event = nextOf(events);
    boolean anchor = anchors.contains(ByteBuffer.wrap(written.hash()));
    if (written.event().tenant().equals(tenant)) {
      return TrailLines.event(written, anchor);
    }
    sealed++;
    return TrailLines.sealed(written, anchor);
  }

  private String checkpointLine(Checkpoint written) {
    signature = nextOf(signatures);
    checkpoints++;
    return TrailLines.checkpoint(written);
  }

  /** What the closing line says of this chain: the head that was promised, whatever was found. */
  Closing.ChainEnd end() {
    return new Closing.ChainEnd(head.chain(), head.sequence(), head.hash(), sealed, checkpoints);
  }
}
