package io.scrip.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Checks an export offline, with nothing but the public key: every hash, place and signature, and
 * that nothing is missing at the end. Reads it once; memory grows with the number of chains, not of
 * events.
 */
public final class TrailVerifier {
  /** Room for a closing line that names {@link TrailCheck#MAX_CHAINS} chains, in bytes. */
  static final int MAX_LINE_BYTES = 32 * 1024 * 1024;

  private final List<TrailKey> keys;

  /**
   * @param keys every key that has signed the trail; one, unless it was replaced
   */
  public TrailVerifier(List<TrailKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the export to its end, or to the first thing that is wrong. Takes a single erasure record
   * as well.
   *
   * @throws IOException when the stream cannot be read; whatever it holds, there is a verdict
   */
  public Verdict verify(InputStream export) throws IOException {
    var file = new BufferedInputStream(export, ErasureCheck.MAX_BYTES + 1);
    Optional<Verdict> erasure = ErasureCheck.of(file, keys);
    return erasure.isPresent() ? erasure.get() : verifyTrail(file);
  }

  private Verdict verifyTrail(InputStream export) throws IOException {
    BoundedLines lines = new BoundedLines(export, MAX_LINE_BYTES);
    TrailCheck check = new TrailCheck(keys);
    long line = 1;
    try {
      while (acceptNext(lines, check)) {
        line++;
      }
      return check.finish();
    } catch (BrokenTrailException e) {
      return e.at(line);
    }
  }

  private static boolean acceptNext(BoundedLines lines, TrailCheck check)
      throws IOException, BrokenTrailException {
    try {
      Optional<String> line = lines.next();
      if (line.isPresent()) {
        check.accept(TrailLineParser.parse(line.get()));
      }
      return line.isPresent();
    } catch (LineException e) {
      throw check.broken("this line is no line of an export: " + e.getMessage());
    }
  }
}
