package io.scrip.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads back, strictly, what {@link TrailLines} writes. */
final class TrailLineParser {
  private TrailLineParser() {}

  /**
   * @throws LineException for whatever an export does not write
   */
  static TrailLine parse(String line) throws LineException {
    LineFields fields = new LineFields(JsonObjects.read(line));
    String type = fields.text("type");
    TrailLine parsed =
        switch (type) {
          case "event" -> event(fields);
          case "sealed" -> sealed(fields);
          case "checkpoint" -> checkpoint(fields);
          case "end" -> end(fields);
          case "selection" -> selection(fields);
          default -> throw new LineException("an unknown type of line");
        };
    fields.done();
    return parsed;
  }

  private static TrailLine event(LineFields fields) throws LineException {
    EventFields event = eventFields(fields);
    return new TrailLine.Event(
        event.chain(),
        event.sequence(),
        event.body(),
        Optional.of(event.tenant()),
        fields.optionalHash("previous"),
        fields.hash("hash"),
        fields.flag("anchor"));
  }

  private static EventFields eventFields(LineFields fields) throws LineException {
    LineFields actor = fields.object("actor");
    EventFields event =
        new EventFields(
            fields.name("chain"),
            fields.number("sequence"),
            fields.time("at"),
            fields.text("action"),
            actor.text("issuer"),
            actor.text("subject"),
            actor.text("client"),
            fields.text("tenant"),
            fields.optionalText("template"),
            fields.optionalDigest("tokenDigest"),
            fields.optionalDigest("subjectDigest"),
            fields.optionalText("purpose"),
            fields.text("outcome"),
            fields.text("reason"),
            fields.text("requestId"));
    actor.done();
    return event;
  }

  private static TrailLine sealed(LineFields fields) throws LineException {
    return new TrailLine.Event(
        fields.name("chain"),
        fields.number("sequence"),
        fields.hash("body"),
        Optional.empty(),
        fields.optionalHash("previous"),
        fields.hash("hash"),
        fields.flag("anchor"));
  }

  private static TrailLine checkpoint(LineFields fields) throws LineException {
    return new TrailLine.Signed(
        new Checkpoint(
            fields.name("chain"),
            fields.number("sequence"),
            fields.time("at"),
            fields.hash("head"),
            fields.name("keyId"),
            fields.signature("signature")));
  }

  private static TrailLine end(LineFields fields) throws LineException {
    List<Closing.ChainEnd> ends = new ArrayList<>();
    for (LineFields chain : fields.objects("chains")) {
      ends.add(chainEnd(chain));
    }
    Closing closing =
        new Closing(
            fields.time("at"), fields.text("tenant"), fields.name("keyId"), List.copyOf(ends));
    return new TrailLine.End(closing, fields.signature("signature"));
  }

  private static Closing.ChainEnd chainEnd(LineFields fields) throws LineException {
    Closing.ChainEnd end =
        new Closing.ChainEnd(
            fields.name("chain"),
            fields.number("sequence"),
            fields.hash("head"),
            fields.number("sealed"),
            fields.number("checkpoints"));
    fields.done();
    return end;
  }

  private static TrailLine selection(LineFields fields) throws LineException {
    TrailLine selection = new TrailLine.Selection(fields.time("at"));
    for (String name :
        List.of("tenant", "from", "to", "actor", "action", "subjectDigest", "tokenDigest")) {
      fields.optionalText(name);
    }
    return selection;
  }
}
