package io.scrip.crypto;

import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;

/**
 * A data key and how many hold it. Whoever made it holds it first; {@link #hold} and {@link #letGo}
 * come in pairs, and the last to let go wipes it. So a key may be retired, or evicted from a cache,
 * while others are still at work with it.
 */
final class DataKey {
  private final long id;
  private final DataKeyUse use;
  private final SecretBytes secret;
  private final Pool<Cipher> ciphers = new Pool<>(Aes::cipher);
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Takes over the array, which the caller no longer touches. The caller is the first holder. */
  DataKey(long id, DataKeyUse use, byte[] key) {
    this.id = id;
    this.use = use;
    this.secret = new SecretBytes("AES", key);
  }

  long id() {
    return id;
  }

  DataKeyUse use() {
    return use;
  }

  /**
   * @return false when the key is wiped already, and the caller has to look for it again
   */
  boolean hold() {
    int before = holders.get();
    while (before > 0 && !holders.compareAndSet(before, before + 1)) {
      before = holders.get();
    }
    return before > 0;
  }

  void letGo() {
    if (holders.decrementAndGet() == 0) {
      secret.wipe();
      ciphers.clear();
    }
  }

  boolean isWiped() {
    return secret.isDestroyed();
  }

  /** Only for holders. A cipher that failed is not used again. */
  void seal(byte[] plaintext, byte[] associatedData, byte[] out, int headSize) {
    Cipher cipher = ciphers.take();
    Aes.seal(cipher, secret, plaintext, associatedData, out, headSize);
    ciphers.giveBack(cipher);
  }

  /** Only for holders. A cipher that failed is not used again. */
  byte[] open(byte[] sealed, byte[] associatedData, int headSize) {
    Cipher cipher = ciphers.take();
    byte[] plaintext = Aes.open(cipher, secret, sealed, associatedData, headSize);
    ciphers.giveBack(cipher);
    return plaintext;
  }

  @Override
  public String toString() {
    return "data key " + id;
  }
}
