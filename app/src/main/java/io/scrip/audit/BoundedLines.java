package io.scrip.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of strict UTF-8, none longer than a limit, whatever the stream holds. */
final class BoundedLines {
  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int filled;

  BoundedLines(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * The next line without its line feed; nothing at the end. A last line may lack the line feed.
   */
  Optional<String> next() throws IOException, LineException {
    if (!fill()) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    boolean complete = false;
    while (!complete && fill()) {
      int end = lineFeed();
      append(line, end - next);
      complete = end < filled;
      next = complete ? end + 1 : end;
    }
    return Optional.of(decode(line.toByteArray()));
  }

  private boolean fill() throws IOException {
    if (next == filled) {
      next = 0;
      filled = Math.max(0, in.read(buffer));
    }
    return filled > 0;
  }

  private int lineFeed() {
    int at = next;
    while (at < filled && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private void append(ByteArrayOutputStream line, int count) throws LineException {
    if (line.size() + count > maxBytes) {
      throw new LineException("longer than " + maxBytes + " bytes");
    }
    line.write(buffer, next, count);
  }

  private static String decode(byte[] line) throws LineException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new LineException("not UTF-8");
    }
  }
}
