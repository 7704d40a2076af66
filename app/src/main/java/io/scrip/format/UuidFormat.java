package io.scrip.format;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A random UUID, version 4 of RFC 9562, section 5.4, in lower case: 122 random bits. */
record UuidFormat() implements TokenFormat {
  private static final Pattern SHAPE =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  private static final BigInteger ALL = BigInteger.TWO.pow(122);

  static TokenFormat of(Options options) {
    return options.complete(new UuidFormat());
  }

  @Override
  public String kind() {
    return "uuid";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public void check(String data) {}

  @Override
  public String draw(String data, Draw draw) {
    return draw.until(token -> !token.equals(data), () -> candidate(draw));
  }

  @Override
  public BigInteger space(String data) {
    return SHAPE.matcher(data).matches() ? smallestSpace() : ALL;
  }

  @Override
  public BigInteger smallestSpace() {
    return ALL.subtract(BigInteger.ONE);
  }

  private static String candidate(Draw draw) {
    byte[] bytes = draw.bytes(16);
    bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }
}
