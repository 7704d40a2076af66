package io.scrip.format;

/** Stub: what the masked view shows of a value. */
public record Mask(int head, int tail, String symbol) {
  public String apply(String data) {
    throw new UnsupportedOperationException();
  }
}
