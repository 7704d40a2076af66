package io.scrip.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks an erasure record: one JSON object, whatever white space stands between its parts. */
final class ErasureCheck {
  /** Room for the longest tenant in escapes, and for white space. */
  static final int MAX_BYTES = 16 * 1024;

  private ErasureCheck() {}

  /**
   * @return empty when the file is no erasure record, and was read as far as its mark
   */
  static Optional<Verdict> of(BufferedInputStream file, List<TrailKey> keys) throws IOException {
    file.mark(MAX_BYTES + 1);
    byte[] head = file.readNBytes(MAX_BYTES + 1);
    file.reset();
    return head.length > MAX_BYTES ? Optional.empty() : of(head, keys);
  }

  private static Optional<Verdict> of(byte[] file, List<TrailKey> keys) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      Map<String, Object> object = JsonObjects.read(text);
      return Erasure.TYPE.equals(object.get("type"))
          ? Optional.of(verdict(new LineFields(object), keys))
          : Optional.empty();
    } catch (CharacterCodingException | LineException e) {
      return Optional.empty(); // no record; what else it is, the trail's own check says
    }
  }

  private static Verdict verdict(LineFields fields, List<TrailKey> keys) {
    try {
      Erasure record = read(fields);
      byte[] message = record.message();
      return keys.stream().anyMatch(key -> key.verifies(message, record.signature()))
          ? new Verdict.Erased(record)
          : broken("the erasure record was changed, or is not signed by the given key");
    } catch (LineException e) {
      return broken("this is no erasure record: " + e.getMessage());
    }
  }

  private static Erasure read(LineFields fields) throws LineException {
    fields.text("type");
    Erasure record =
        new Erasure(
            fields.text("tenant"),
            fields.digest("subjectDigest"),
            fields.number("keys"),
            fields.number("tokens"),
            fields.number("shredded"),
            fields.time("at"),
            fields.name("requestId"),
            fields.name("keyId"),
            fields.signature("signature"));
    fields.done();
    return record;
  }

  private static Verdict broken(String what) {
    return new Verdict.Broken(1, "", 0, what);
  }
}
