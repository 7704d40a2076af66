package io.scrip.audit;

import io.scrip.audit.TrailReader.Filter;
import io.scrip.audit.TrailReader.Head;
import io.scrip.identity.TenantId;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The trail as NDJSON, one object a line, the line break left to the caller; app/docs/audit.md
 * describes each. Reads page by page, so that memory does not grow with the trail.
 */
public final class AuditExport {
  /** Events or checkpoints in memory at a time; a page of events is about half a megabyte. */
  static final int PAGE = 500;

  private final TrailReader reader;
  private final InstantSource clock;
  private final Signer signer;

  public AuditExport(TrailReader reader, InstantSource clock, Signer signer) {
    this.reader = reader;
    this.clock = clock;
    this.signer = signer;
  }

  /**
   * The whole trail as it stands now, ready for {@link TrailVerifier}: every chain in the order of
   * opening, each checkpoint behind the event it signs, and a signed closing line. Events of other
   * tenants are sealed: their place can be checked, their content not read.
   */
  public Iterator<String> whole(TenantId tenant) {
    return new WholeTrail(reader, clock, signer, tenant);
  }

  /**
   * The matching events of one tenant, by time. The first line says that this is a selection, which
   * proves nothing.
   */
  public Iterator<String> selection(Filter filter) {
    Iterator<ChainedEvent> events = new Pages<>(last -> reader.events(filter, last, PAGE));
    return new Iterator<>() {
      private boolean begun;

      @Override
      public boolean hasNext() {
        return !begun || events.hasNext();
      }

      @Override
      public String next() {
        if (begun) {
          return TrailLines.event(events.next(), false);
        }
        begun = true;
        return TrailLines.selection(clock.instant(), filter);
      }
    };
  }

  /** The checkpoints of every chain, by themselves. */
  public Iterator<String> checkpoints() {
    return reader.heads().stream()
        .map(Head::chain)
        .flatMap(this::checkpoints)
        .map(TrailLines::checkpoint)
        .iterator();
  }

  private Stream<Checkpoint> checkpoints(String chain) {
    Iterator<Checkpoint> pages =
        new Pages<>(
            last -> reader.checkpoints(chain, last.map(Checkpoint::sequence).orElse(0L), PAGE));
    return StreamSupport.stream(((Iterable<Checkpoint>) () -> pages).spliterator(), false);
  }
}
