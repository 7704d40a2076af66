package io.scrip.format;

import java.math.BigInteger;
import java.util.Map;

/** Stub. */
record OpaqueFormat() implements TokenFormat {
  @Override
  public String kind() {
    return "opaque";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public void check(String data) {}

  @Override
  public String draw(String data, Draw draw) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger space(String data) {
    return BigInteger.TWO.pow(128);
  }

  @Override
  public BigInteger smallestSpace() {
    return BigInteger.TWO.pow(128);
  }
}
