package io.scrip.format;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A token that tells nothing: prefix, 22 random characters of 62 (130.9 bits, above the 128 that
 * OWASP ASVS 5.0, 11.5.1 asks for), 6 check characters. A scanner finds it by {@code
 * \btok_[0-9A-Za-z]{28}\b}.
 *
 * <p>The check characters are the CRC-32 (ISO 3309, the one of ZIP) of all before them, in base 62,
 * most significant first. It notices every single wrong character and every swap of neighbours, and
 * one in four billion other damages passes. It guards against slips, not against forgers.
 *
 * @param prefix 2 to 10 lower-case letters and an underscore
 */
public record OpaqueFormat(String prefix) implements TokenFormat {
  /** No other format draws a token that begins so. */
  public static final String DEFAULT_PREFIX = "tok_";

  private static final Pattern PREFIX = Pattern.compile("[a-z]{2,10}_");
  private static final int RANDOM = 22;
  private static final int CHECK = 6;
  private static final OpaqueFormat DEFAULT = new OpaqueFormat(DEFAULT_PREFIX);

  public OpaqueFormat {
    Options.matching(PREFIX, "prefix", prefix, "2 to 10 lower-case letters and an underscore");
  }

  static TokenFormat of(Options options) {
    return options.complete(new OpaqueFormat(options.text("prefix").orElse(DEFAULT_PREFIX)));
  }

  /**
   * Whether the text begins with the default prefix and yet cannot be a token: mistyped, cut off or
   * made up. Whatever begins otherwise is not judged here.
   */
  public static boolean isMistyped(String token) {
    return token.startsWith(DEFAULT_PREFIX) && DEFAULT.isMalformed(token);
  }

  @Override
  public String kind() {
    return "opaque";
  }

  @Override
  public Map<String, String> options() {
    return Options.print(Map.of("prefix", prefix));
  }

  @Override
  public void check(String data) {}

  @Override
  public String draw(String data, Draw draw) {
    return draw.until(token -> !token.equals(data), () -> candidate(draw));
  }

  @Override
  public BigInteger space(String data) {
    return isMalformed(data) ? all() : smallestSpace();
  }

  @Override
  public BigInteger smallestSpace() {
    return all().subtract(BigInteger.ONE);
  }

  @Override
  public boolean isMalformed(String token) {
    if (token.length() != prefix.length() + RANDOM + CHECK || !token.startsWith(prefix)) {
      return true;
    }
    String body = token.substring(0, prefix.length() + RANDOM);
    return !Alphabet.ALPHANUMERIC.hasAll(body.substring(prefix.length()))
        || !token.endsWith(checkCharacters(body));
  }

  private String candidate(Draw draw) {
    String body = prefix + draw.pick(Alphabet.ALPHANUMERIC, RANDOM);
    return body + checkCharacters(body);
  }

  private static String checkCharacters(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    char[] characters = new char[CHECK];
    long rest = crc.getValue();
    for (int i = CHECK - 1; i >= 0; i--) {
      characters[i] = (char) Alphabet.ALPHANUMERIC.symbol((int) (rest % 62));
      rest /= 62;
    }
    return new String(characters);
  }

  private static BigInteger all() {
    return BigInteger.valueOf(62).pow(RANDOM);
  }
}
