package io.scrip.crypto;

import java.util.function.Supplier;

/**
 * Calls what may be far away (the key table, the custodian), and gives every way of not answering
 * the one name it has here.
 */
final class Reach {
  private Reach() {}

  static <T> T out(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (CryptoException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CryptoException.KeyServiceUnavailable(what + " did not answer", e);
    }
  }
}
