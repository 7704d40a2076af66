package io.scrip.format;

import io.scrip.format.FormatException.BadOption;
import io.scrip.format.FormatException.DataDoesNotFit;
import io.scrip.format.PatternPart.Keep;
import io.scrip.format.PatternPart.Literal;
import io.scrip.format.PatternPart.Random;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A token as a small pattern writes it, {@link PatternParser}. The data may be any text that is
 * longer than what is kept, so that something of it is always hidden. Characters are code points.
 *
 * @param parts at least one of them random, at most one kept from the end; 1,024 characters in all
 */
record PatternFormat(List<PatternPart> parts) implements TokenFormat {
  private static final int MAX_TOKEN = 1_024;
  private static final String RESERVED = OpaqueFormat.DEFAULT_PREFIX;

  PatternFormat {
    parts = List.copyOf(parts);
    refuseUnless(parts.stream().anyMatch(Random.class::isInstance), "no part is random");
    refuseUnless(
        parts.stream().filter(part -> part instanceof Keep(int count) && count < 0).count() <= 1,
        "only one part can keep the end of the data");
    refuseUnless(
        parts.stream().mapToInt(PatternFormat::length).sum() <= MAX_TOKEN,
        "a token would be longer than " + MAX_TOKEN + " characters");
  }

  private static void refuseUnless(boolean fine, String complaint) {
    if (!fine) {
      throw new BadOption("pattern", complaint);
    }
  }

  static TokenFormat of(Options options) {
    String pattern =
        options.text("pattern").orElseThrow(() -> new BadOption("pattern", "a pattern is needed"));
    return options.complete(new PatternFormat(PatternParser.parse(pattern)));
  }

  @Override
  public String kind() {
    return "pattern";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(
        Map.of("pattern", String.join(" ", parts.stream().map(Object::toString).toList())));
  }

  @Override
  public void check(String data) {
    cells(data).check(data);
  }

  @Override
  public String draw(String data, Draw draw) {
    return cells(data).draw(data, draw);
  }

  @Override
  public BigInteger space(String data) {
    return cells(data).space(data);
  }

  /**
   * Some data is always itself of its token's shape: each place that is kept from elsewhere leads,
   * in the end, to a single place that is random, written or free. So one token falls away, and
   * with it those under the reserved prefix, where random places could make it. (Where they could,
   * the answer may be one too low.)
   */
  @Override
  public BigInteger smallestSpace() {
    Cells likeReserved = new Cells(places(this::likeReserved));
    BigInteger all = likeReserved.count();
    BigInteger reserved = likeReserved.reserved();
    BigInteger open = reserved.equals(all) ? all : all.subtract(reserved);
    return open.subtract(BigInteger.ONE).max(BigInteger.ONE);
  }

  private Cells cells(String data) {
    int[] codePoints = data.codePoints().toArray();
    int kept = parts.stream().mapToInt(part -> part instanceof Keep ? length(part) : 0).sum();
    if (codePoints.length <= kept) {
      throw new DataDoesNotFit("the value is not longer than what the pattern keeps of it");
    }
    KeptCharacters source = new KeptCharacters(codePoints);
    return new Cells(places((keep, _) -> source.take(keep)));
  }

  private List<Alphabet> places(KeptPlaces keptPlaces) {
    List<Alphabet> places = new ArrayList<>();
    for (PatternPart part : parts) {
      switch (part) {
        case Keep keep -> places.addAll(keptPlaces.of(keep, places.size()));
        case Random(Alphabet alphabet, int count) ->
            places.addAll(Collections.nCopies(count, alphabet));
        case Literal(String text) ->
            text.codePoints().forEach(character -> places.add(Alphabet.only(character)));
      }
    }
    return places;
  }

  /** Kept characters that make the token begin with the reserved prefix, if anything can. */
  private List<Alphabet> likeReserved(Keep keep, int from) {
    return IntStream.range(from, from + length(keep))
        .mapToObj(place -> place < RESERVED.length() ? RESERVED.charAt(place) : 'x')
        .map(Alphabet::only)
        .toList();
  }

  private static int length(PatternPart part) {
    return switch (part) {
      case Keep(int count) -> Math.abs(count);
      case Random(Alphabet _, int count) -> count;
      case Literal(String text) -> text.codePointCount(0, text.length());
    };
  }

  /**
   * What stands where characters of the data are kept, the first of them at this place of the
   * token.
   */
  private interface KeptPlaces {
    List<Alphabet> of(Keep keep, int place);
  }

  /** Hands out the data's characters, each at most once. */
  private static final class KeptCharacters {
    private final int[] codePoints;
    private int next;

    KeptCharacters(int[] codePoints) {
      this.codePoints = codePoints;
    }

    List<Alphabet> take(Keep keep) {
      int first = keep.count() > 0 ? next : codePoints.length + keep.count();
      next += Math.max(0, keep.count());
      return Arrays.stream(codePoints, first, first + Math.abs(keep.count()))
          .mapToObj(Alphabet::only)
          .toList();
    }
  }
}
