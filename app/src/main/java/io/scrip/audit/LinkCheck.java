package io.scrip.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether each chain was opened upon an event that is there. Keeps the hashes of events that are
 * marked as anchors only; a mark that was taken away leaves a chain without ground, and one that
 * was added holds nobody.
 */
final class LinkCheck {
  private final Map<ByteBuffer, TrailLine.Event> anchors = new HashMap<>();
  private final Map<String, ByteBuffer> grounds = new LinkedHashMap<>();

  /** An event whose hash has been checked. */
  void event(TrailLine.Event event, boolean inFirstChain) throws BrokenTrailException {
    if (event.previous().isPresent()) {
      opened(event, event.previous().get(), inFirstChain);
    }
    if (event.anchor()) {
      anchors.put(ByteBuffer.wrap(event.hash()), event);
    }
    if (anchors.size() > TrailCheck.MAX_CHAINS) {
      throw noAnchor(event);
    }
  }

  private void opened(TrailLine.Event event, byte[] previous, boolean inFirstChain)
      throws BrokenTrailException {
    boolean onNothing = Arrays.equals(previous, ChainHash.nothing());
    if (onNothing && !inFirstChain) {
      throw new BrokenTrailException(
          event.chain(), 1, "this chain stands on nothing, though it is not the first");
    }
    if (!onNothing) {
      grounds.put(event.chain(), ByteBuffer.wrap(previous));
    }
  }

  /** To be asked when everything has been read. */
  void resolved() throws BrokenTrailException {
    for (Map.Entry<String, ByteBuffer> ground : grounds.entrySet()) {
      if (!anchors.containsKey(ground.getValue())) {
        throw new BrokenTrailException(
            ground.getKey(),
            1,
            "this chain was opened upon an event that is not here, or not marked");
      }
    }
    Set<ByteBuffer> needed = new HashSet<>(grounds.values());
    for (Map.Entry<ByteBuffer, TrailLine.Event> anchor : anchors.entrySet()) {
      if (!needed.contains(anchor.getKey())) {
        throw noAnchor(anchor.getValue());
      }
    }
  }

  private static BrokenTrailException noAnchor(TrailLine.Event event) {
    return new BrokenTrailException(
        event.chain(),
        event.sequence(),
        "this event is marked as anchor, but no chain was opened upon it");
  }
}
