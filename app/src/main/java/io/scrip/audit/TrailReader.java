package io.scrip.audit;

import io.scrip.identity.Action;
import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what was written. Implemented by the store; each call reads what is committed by then. */
public interface TrailReader {
  /** The last event of every chain, in the order in which the chains were opened. */
  List<Head> heads();

  /** The head of the chain that was written last, if there is any. */
  Optional<Head> latest();

  /**
   * Events of one chain by sequence, those after {@code after} and up to {@code upTo}, at most
   * {@code limit}.
   */
  List<ChainedEvent> events(String chain, long after, long upTo, int limit);

  /**
   * Events of one tenant that match, by time, then chain in the order of opening, then sequence; at
   * most {@code limit}, after the given one.
   */
  List<ChainedEvent> events(Filter filter, Optional<ChainedEvent> after, int limit);

  /** Checkpoints of one chain by sequence, those after {@code after}, at most {@code limit}. */
  List<Checkpoint> checkpoints(String chain, long after, int limit);

  /** The last event of a chain. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Head(String chain, long sequence, byte[] hash) {}

  /**
   * What to look for; an empty field matches everything.
   *
   * @param from inclusive
   * @param to exclusive
   * @param subjects the digests that a subject goes by
   * @param actor a token's {@code sub} or client, compared exactly
   */
  record Filter(
      TenantId tenant,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> actor,
      Optional<Action> action,
      Set<LookupDigest> subjects,
      Optional<LookupDigest> token) {}
}
