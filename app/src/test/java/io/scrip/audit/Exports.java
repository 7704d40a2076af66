package io.scrip.audit;

import io.scrip.identity.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An export, its parts, and what a check says of it. */
final class Exports {
  static final SampleTrail TRAIL = SampleTrail.small();

  /** What {@link SampleTrail#small()} exports to the default tenant. */
  static final List<String> LINES = List.copyOf(TRAIL.lines());

  static final TrailVerifier VERIFIER = new TrailVerifier(List.of(SampleTrail.SIGNER.key()));

  private Exports() {}

  static Verdict verify(List<String> lines) throws IOException {
    return VERIFIER.verify(stream(lines));
  }

  static ByteArrayInputStream stream(List<String> lines) {
    return new ByteArrayInputStream(SampleTrail.bytes(lines));
  }

  static TrailReader.Filter everythingOf(TenantId tenant) {
    return new TrailReader.Filter(
        tenant,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty());
  }

  static boolean names(Verdict verdict, String chain, long sequence) {
    return verdict instanceof Verdict.Broken broken
        && broken.chain().equals(chain)
        && broken.sequence() == sequence;
  }

  static long line(Verdict verdict) {
    return verdict instanceof Verdict.Broken broken ? broken.line() : -1;
  }

  /** Where the event of that place stands. */
  static int indexOf(List<String> lines, String chain, int sequence) {
    return indexesOf(lines, "\"chain\":\"%s\",\"sequence\":%d,".formatted(chain, sequence))
        .getFirst();
  }

  /** Where the lines with this text stand. */
  static List<Integer> indexesOf(List<String> lines, String text) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        indexes.add(i);
      }
    }
    return indexes;
  }
}
