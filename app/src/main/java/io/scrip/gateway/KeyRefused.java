package io.scrip.gateway;

/** A key that must not verify tokens at the gateway. The message says why, as half a sentence. */
final class KeyRefused extends Exception {
  private static final long serialVersionUID = 1L;

  KeyRefused(String why) {
    super(why);
  }
}
