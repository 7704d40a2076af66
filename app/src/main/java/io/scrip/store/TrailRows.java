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

/** How events and checkpoints become rows of {@code scrip_audit} and are read back. */
final class TrailRows {
  static final BulkInsert<ChainedEvent> CHAINS =
      BulkInsert.<ChainedEvent>into("scrip_audit.audit_chains").text("chain", ChainedEvent::chain);

  static final BulkInsert<ChainedEvent> EVENTS =
      BulkInsert.<ChainedEvent>into("scrip_audit.audit_events")
          .text("chain", ChainedEvent::chain)
          .number("sequence", ChainedEvent::sequence)
          .instant("at", ChainedEvent::at)
          .text("action", chained -> chained.event().action().word())
          .text("outcome", chained -> chained.event().outcome().word())
          .text("reason", chained -> chained.event().reason())
          .text("tenant", chained -> chained.event().tenant().value())
          .text("actor_issuer", chained -> chained.event().actor().issuer())
          .text("actor_subject", chained -> chained.event().actor().subject())
          .text("actor_client", chained -> chained.event().actor().client())
          .text("request_id", chained -> chained.event().requestId().value())
          .findText("template", chained -> chained.event().template())
          .findText("purpose", chained -> chained.event().purpose())
          .findDigest("token", chained -> chained.event().token())
          .findDigest("subject", chained -> chained.event().subject())
          .bytes("previous", ChainedEvent::previous)
          .bytes("hash", ChainedEvent::hash);

  static final BulkInsert<Checkpoint> CHECKPOINTS =
      BulkInsert.<Checkpoint>into("scrip_audit.audit_checkpoints")
          .text("chain", Checkpoint::chain)
          .number("sequence", Checkpoint::sequence)
          .instant("at", Checkpoint::at)
          .bytes("head", Checkpoint::head)
          .text("key_id", Checkpoint::keyId)
          .bytes("signature", Checkpoint::signature);

  private static final Map<String, Action> ACTIONS =
      Arrays.stream(Action.values()).collect(toUnmodifiableMap(Action::word, identity()));
  private static final Map<String, Outcome> OUTCOMES =
      Arrays.stream(Outcome.values()).collect(toUnmodifiableMap(Outcome::word, identity()));

  private TrailRows() {}

  static ChainedEvent event(Row row) throws SQLException {
    return new ChainedEvent(
        row.text("chain"),
        row.number("sequence"),
        row.instant("at"),
        decision(row),
        row.bytes("previous"),
        row.bytes("hash"));
  }

  static Checkpoint checkpoint(Row row) throws SQLException {
    return new Checkpoint(
        row.text("chain"),
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
