package io.scrip.format;

import io.scrip.format.FormatException.DataDoesNotFit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a token, place by place: what may stand there. A place that stays as it is has an
 * alphabet of one.
 *
 * <p>No token drawn from here begins with {@link OpaqueFormat#DEFAULT_PREFIX}: by that prefix a
 * mistyped opaque token is refused without a look into the store, so the prefix belongs to opaque
 * tokens alone.
 */
record Cells(List<Alphabet> places) {
  Cells {
    places = List.copyOf(places);
  }

  /** Every letter and digit of ASCII drawn from its own class, all other characters as they are. */
  static Cells like(String text) {
    return like(text, 0, 0);
  }

  /**
   * The same, but for the first {@code head} and the last {@code tail} letters and digits, which
   * stay. Other characters are not counted: what is kept is the same whether or not a number is
   * written with dashes.
   */
  static Cells like(String text, int head, int tail) {
    long variable = text.codePoints().filter(Alphabet.ALPHANUMERIC::has).count();
    List<Alphabet> places = new ArrayList<>();
    int seen = 0;
    for (int codePoint : text.codePoints().toArray()) {
      boolean counts = Alphabet.ALPHANUMERIC.has(codePoint);
      boolean kept = counts && (seen < head || seen >= variable - tail);
      places.add(kept ? Alphabet.only(codePoint) : Alphabet.like(codePoint));
      seen += counts ? 1 : 0;
    }
    return new Cells(places);
  }

  /** How many texts have this shape. */
  BigInteger count() {
    return count(places);
  }

  boolean admits(String text) {
    int[] codePoints = text.codePoints().toArray();
    if (codePoints.length != places.size()) {
      return false;
    }
    for (int i = 0; i < codePoints.length; i++) {
      if (!places.get(i).has(codePoints[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * How many texts of this shape may stand for the data: not itself, nor any under the opaque
   * prefix.
   *
   * @throws DataDoesNotFit when there is none
   */
  BigInteger space(String data) {
    BigInteger open = count().subtract(reserved());
    BigInteger space = admits(data) && !isReserved(data) ? open.subtract(BigInteger.ONE) : open;
    if (space.signum() == 0) {
      throw new DataDoesNotFit(
          "every token of this shape would be the data itself, or begin with the prefix of opaque"
              + " tokens");
    }
    return space;
  }

  void check(String data) {
    space(data);
  }

  /** One of the {@link #space}, each equally likely. */
  String draw(String data, Draw draw) {
    check(data);
    return draw.until(token -> !token.equals(data) && !isReserved(token), () -> any(draw));
  }

  /** One of the {@link #count}, each equally likely. */
  String any(Draw draw) {
    StringBuilder text = new StringBuilder(places.size());
    for (Alphabet place : places) {
      text.appendCodePoint(draw.pick(place));
    }
    return text.toString();
  }

  /** How many texts of this shape begin with the prefix of opaque tokens. */
  BigInteger reserved() {
    int prefix = OpaqueFormat.DEFAULT_PREFIX.length();
    boolean possible =
        places.size() >= prefix
            && new Cells(places.subList(0, prefix)).admits(OpaqueFormat.DEFAULT_PREFIX);
    return possible ? count(places.subList(prefix, places.size())) : BigInteger.ZERO;
  }

  private static boolean isReserved(String text) {
    return text.startsWith(OpaqueFormat.DEFAULT_PREFIX);
  }

  private static BigInteger count(List<Alphabet> places) {
    return places.stream()
        .map(place -> BigInteger.valueOf(place.size()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }
}
