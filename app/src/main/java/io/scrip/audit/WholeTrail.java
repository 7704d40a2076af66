package io.scrip.audit;

import io.scrip.audit.TrailReader.Head;
import io.scrip.identity.TenantId;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Writes every chain up to the heads that stood when the export began, then the closing line.
 *
 * <p>Marks as anchor each event that a later chain was opened upon, so that whoever checks the
 * lines knows which hashes to keep: memory grows with the number of chains, not of events.
 */
final class WholeTrail implements Iterator<String> {
  private final TrailReader reader;
  private final InstantSource clock;
  private final Signer signer;
  private final TenantId tenant;
  private final Iterator<Head> heads;
  private final Set<ByteBuffer> anchors = new HashSet<>();
  private final List<Closing.ChainEnd> ends = new ArrayList<>();
  private Optional<ChainLines> chain = Optional.empty();
  private boolean closed;

  WholeTrail(TrailReader reader, InstantSource clock, Signer signer, TenantId tenant) {
    this.reader = reader;
    this.clock = clock;
    this.signer = signer;
    this.tenant = tenant;
    List<Head> all = List.copyOf(reader.heads());
    all.forEach(this::anchor);
    this.heads = all.iterator();
  }

  private void anchor(Head head) {
    reader
        .events(head.chain(), 0, 1, 1)
        .forEach(first -> anchors.add(ByteBuffer.wrap(first.previous())));
  }

  @Override
  public boolean hasNext() {
    return !closed;
  }

  @Override
  public String next() {
    if (closed) {
      throw new NoSuchElementException();
    }
    while (!chain.map(ChainLines::hasNext).orElse(false)) {
      chain.ifPresent(lines -> ends.add(lines.end()));
      if (!heads.hasNext()) {
        closed = true;
        return closing();
      }
      chain = Optional.of(new ChainLines(reader, heads.next(), tenant, anchors));
    }
    return chain.orElseThrow().next();
  }

  private String closing() {
    Closing closing =
        new Closing(
            Micros.truncate(clock.instant()), tenant.value(), signer.keyId(), List.copyOf(ends));
    return TrailLines.end(closing, signer.sign(closing.message()));
  }
}
