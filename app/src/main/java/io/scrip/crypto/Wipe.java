package io.scrip.crypto;

import java.util.Arrays;

/** Overwrites key bytes that are no longer needed. */
final class Wipe {
  private Wipe() {}

  static void all(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
