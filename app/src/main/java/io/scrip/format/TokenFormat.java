package io.scrip.format;

import java.math.BigInteger;
import java.util.Map;

/** Stub: what a token looks like. */
public sealed interface TokenFormat permits OpaqueFormat {
  /** The word that names the kind in a template: {@code card}. */
  String kind();

  /** The options as a template writes them; {@link #of} reads them back. */
  Map<String, String> options();

  /**
   * @throws FormatException.DataDoesNotFit when no token of this format can stand for the data
   */
  void check(String data);

  /** Draws one candidate: of the format's shape, never equal to the data. The same bits give the same token for ever. */
  String draw(String data, Draw draw);

  /** How many different tokens the data could get. */
  BigInteger space(String data);

  /** The smallest {@link #space} that any fitting data has. */
  BigInteger smallestSpace();

  /** Whether the text cannot be a token of this format, by its own check characters and with no look into the store. */
  default boolean isMalformed(String token) {
    return false;
  }

  /**
   * @throws FormatException.BadOption for an unknown kind or option, or a value out of bounds, naming it
   */
  static TokenFormat of(String kind, Map<String, String> options) {
    throw new UnsupportedOperationException();
  }
}
