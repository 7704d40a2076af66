package io.scrip.store;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.scrip.audit.AuditEvent;
import io.scrip.audit.AuditEvent.Outcome;
import io.scrip.audit.ChainedEvent;
import io.scrip.audit.Checkpoint;
import io.scrip.identity.Action;
import io.scrip.identity.Actor;
import io.scrip.identity.RequestId;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How events and checkpoints become rows of {@code scrip_audit} and are read back. */
final class TrailRows {
  static final BulkInsert<String> CHAINS =
      BulkInsert.<String>into("scrip_audit.audit_chains").text("name", name -> name);

  static final BulkInsert<Placed<ChainedEvent>> EVENTS =
      BulkInsert.<Placed<ChainedEvent>>into("scrip_audit.audit_events")
          .number("chain", Placed::chain)
          .number("sequence", placed -> placed.what().sequence())
          .instant("at", placed -> placed.what().at())
          .text("action", placed -> event(placed).action().word())
          .text("outcome", placed -> event(placed).outcome().word())
          .text("reason", placed -> event(placed).reason())
          .text("tenant", placed -> event(placed).tenant().value())
          .text("actor_issuer", placed -> event(placed).actor().issuer())
          .text("actor_subject", placed -> event(placed).actor().subject())
          .text("actor_client", placed -> event(placed).actor().client())
          .text("request_id", placed -> event(placed).requestId().value())
          .findText("template", placed -> event(placed).template())
          .findText("purpose", placed -> event(placed).purpose())
          .findDigest("token", placed -> event(placed).token())
          .findDigest("subject", placed -> event(placed).subject())
          .findBytes("previous", placed -> opening(placed.what()))
          .bytes("hash", placed -> placed.what().hash());

  static final BulkInsert<Placed<Checkpoint>> CHECKPOINTS =
      BulkInsert.<Placed<Checkpoint>>into("scrip_audit.audit_checkpoints")
          .number("chain", Placed::chain)
          .number("sequence", placed -> placed.what().sequence())
          .instant("at", placed -> placed.what().at())
          .bytes("head", placed -> placed.what().head())
          .text("key_id", placed -> placed.what().keyId())
          .bytes("signature", placed -> placed.what().signature());

  private static final Map<String, Action> ACTIONS =
      Arrays.stream(Action.values()).collect(toUnmodifiableMap(Action::word, identity()));
  private static final Map<String, Outcome> OUTCOMES =
      Arrays.stream(Outcome.values()).collect(toUnmodifiableMap(Outcome::word, identity()));

  /**
   * What a row says of the event before when there is none, as after a hand that deletes: no hash
   * follows from it.
   */
  private static final byte[] UNKNOWN = new byte[32];

  private TrailRows() {}

  private static AuditEvent event(Placed<ChainedEvent> placed) {
    return placed.what().event();
  }

  /** Of a later event, {@code previous} is the hash of the row before. */
  private static Optional<byte[]> opening(ChainedEvent event) {
    return event.sequence() == 1 ? Optional.of(event.previous()) : Optional.empty();
  }

  /**
   * Selects events with the name of their chain and the hash before.
   *
   * @param rows a select of whole rows, in order
   * @param order the same order by columns of {@code event}
   */
  static String events(String rows, String order) {
    return """
    select event.*, name, coalesce(event.previous, (
      select earlier.hash from scrip_audit.audit_events earlier
      where earlier.chain = event.chain and earlier.sequence = event.sequence - 1)) as linked
    from (%s) as event join scrip_audit.audit_chains on ordinal = event.chain
    order by %s
    """
        .formatted(rows, order);
  }

  static ChainedEvent event(Row row) throws SQLException {
    return new ChainedEvent(
        row.text("name"),
        row.number("sequence"),
        row.instant("at"),
        decision(row),
        row.findBytes("linked").orElse(UNKNOWN),
        row.bytes("hash"));
  }

  static Checkpoint checkpoint(Row row) throws SQLException {
    return new Checkpoint(
        row.text("name"),
        row.number("sequence"),
        row.instant("at"),
        row.bytes("head"),
        row.text("key_id"),
        row.bytes("signature"));
  }

  private static AuditEvent decision(Row row) throws SQLException {
    return new AuditEvent(
        known(ACTIONS, row.text("action")),
        new Actor(row.text("actor_issuer"), row.text("actor_subject"), row.text("actor_client")),
        row.tenant("tenant"),
        known(OUTCOMES, row.text("outcome")),
        row.text("reason"),
        row.findText("template"),
        row.findDigest("token"),
        row.findDigest("subject"),
        row.findText("purpose"),
        new RequestId(row.text("request_id")));
  }

  /**
   * A word that this program does not know was written by a newer one, or by a hand that should not
   * write here.
   */
  private static <T> T known(Map<String, T> words, String word) {
    T meaning = words.get(word);
    if (meaning == null) {
      throw new IllegalStateException("the trail holds a word that this program does not know");
    }
    return meaning;
  }
}
