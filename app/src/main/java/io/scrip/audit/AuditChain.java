package io.scrip.audit;

import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Puts events into their places, one after the other. Its first event opens it, and nothing comes
 * after the one that closes it. Not thread-safe: a chain has one author.
 */
public final class AuditChain {
  private final String name;
  private final InstantSource clock;
  private final Signer signer;
  private final AuditConfig config;
  private Position position;

  /**
   * @param name new for each process start and writer: 1 to 128 of {@code A-Z a-z 0-9 . _ : -}
   * @param previousHead hash of {@link TrailReader#latest()}, or 32 zero bytes when the trail is
   *     empty
   */
  public AuditChain(
      String name, byte[] previousHead, InstantSource clock, Signer signer, AuditConfig config) {
    if (!Words.isChain(name) || !Words.isChain(signer.keyId())) {
      throw new IllegalArgumentException(
          "a chain or key is named in 1 to 128 of A-Z a-z 0-9 . _ : -");
    }
    if (previousHead.length != ChainHash.SIZE_BYTES) {
      throw new IllegalArgumentException("a head has " + ChainHash.SIZE_BYTES + " bytes");
    }
    this.name = name;
    this.clock = clock;
    this.signer = signer;
    this.config = config;
    Instant now = Micros.truncate(clock.instant());
    this.position = new Position(0, previousHead.clone(), 0, now, now, false);
  }

  /** The event that a chain starts with, written by the program itself. */
  public static AuditEvent open(String node) {
    return ofProgram(Action.OPEN_CHAIN, node);
  }

  /** The event that a chain ends with when the program stops in order. */
  public static AuditEvent close(String node) {
    return ofProgram(Action.CLOSE_CHAIN, node);
  }

  private static AuditEvent ofProgram(Action action, String node) {
    return new AuditEvent(
        action,
        new Actor("scrip", node, "scrip"),
        TenantId.DEFAULT,
        AuditEvent.Outcome.ALLOWED,
        "ok",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new RequestId(action.word())); // no request asked for it
  }

  public String name() {
    return name;
  }

  /**
   * Gives the event its place. Its time is the clock's, or that of the event before where the clock
   * has stepped back.
   *
   * @throws IllegalStateException when the first event does not open the chain, a later one does,
   *     or the chain is closed
   */
  public ChainedEvent append(AuditEvent event) {
    boolean opens = event.action() == Action.OPEN_CHAIN;
    if (position.closed() || opens != (position.sequence() == 0)) {
      throw new IllegalStateException("a chain is opened once, first, and ends when closed");
    }
    long sequence = position.sequence() + 1;
    Instant at = now();
    byte[] previous = position.head();
    byte[] hash = ChainHash.link(previous, EventFields.of(name, sequence, at, event).body());
    boolean closes = event.action() == Action.CLOSE_CHAIN;
    position =
        new Position(
            sequence, hash, position.checkpointed(), position.checkpointedAt(), at, closes);
    return new ChainedEvent(name, sequence, at, event, previous, hash);
  }

  /**
   * A checkpoint of the head when enough events or time have passed since the last, and there is
   * anything new to sign.
   */
  public Optional<Checkpoint> checkpointWhenDue() {
    long unsigned = position.sequence() - position.checkpointed();
    Duration since = Duration.between(position.checkpointedAt(), clock.instant());
    boolean due =
        unsigned >= config.checkpointEvents()
            || since.compareTo(config.checkpointInterval()) >= 0
            || since
                .isNegative(); // the clock stepped back: sign rather than wait until it catches up
    return unsigned > 0 && due ? Optional.of(checkpoint()) : Optional.empty();
  }

  /**
   * A checkpoint of the head, now. A head that was signed already needs no second one, but may have
   * it.
   *
   * @throws IllegalStateException when the chain has no event yet
   */
  public Checkpoint checkpoint() {
    if (position.sequence() == 0) {
      throw new IllegalStateException("an empty chain has no head to sign");
    }
    Instant at = now();
    byte[] message =
        Checkpoint.message(name, position.sequence(), at, position.head(), signer.keyId());
    Checkpoint signed =
        new Checkpoint(
            name, position.sequence(), at, position.head(), signer.keyId(), signer.sign(message));
    position =
        new Position(
            position.sequence(),
            position.head(),
            position.sequence(),
            clock.instant(),
            position.at(),
            position.closed());
    return signed;
  }

  private Instant now() {
    Instant now = Micros.truncate(clock.instant());
    return now.isBefore(position.at()) ? position.at() : now;
  }

  /** Where the chain stands; {@link #rewind} brings it back there when a group was rolled back. */
  public Position position() {
    return position;
  }

  /**
   * Goes back to where the chain stood, as if nothing had been appended or signed since.
   *
   * @throws IllegalArgumentException when the chain was never there: it only goes back
   */
  public void rewind(Position earlier) {
    if (earlier.sequence() > position.sequence()) {
      throw new IllegalArgumentException("a chain only goes back");
    }
    position = earlier;
  }

  /**
   * A place in the chain.
   *
   * @param sequence of the last event, 0 before the first
   * @param head its hash, not to be changed
   * @param checkpointed sequence of the event that was signed last, 0 for none
   * @param checkpointedAt when that was; for none, when this chain was made
   * @param at when the last event was written
   * @param closed whether the last event closed the chain
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  public record Position(
      long sequence,
      byte[] head,
      long checkpointed,
      Instant checkpointedAt,
      Instant at,
      boolean closed) {}
}
