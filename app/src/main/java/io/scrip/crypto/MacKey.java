package io.scrip.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import javax.crypto.Mac;

/**
 * A key of HMAC-SHA-256 (FIPS 198-1). Its bytes are wiped at once; what stays is the state of a MAC
 * that begins with them.
 */
final class MacKey {
  private final Mac beginning;
  private final Pool<Mac> macs = new Pool<>(this::another);

  /** Takes over the array and wipes it. */
  MacKey(byte[] key) {
    var secret = new SecretBytes("HmacSHA256", key);
    try {
      beginning = Mac.getInstance("HmacSHA256");
      beginning.init(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    } finally {
      secret.wipe();
    }
  }

  /** Over the parts, each with its length (4 bytes, big-endian) before it. */
  byte[] over(byte[]... parts) {
    byte[] framed = Framing.of(parts); // one update: each costs more than the bytes it brings
    byte[] digest = with(mac -> mac.update(framed));
    Wipe.all(framed);
    return digest;
  }

  /** Over a message as it stands, and a number (8 bytes, big-endian) behind it. */
  byte[] over(byte[] message, long number) {
    return with(
        mac -> {
          mac.update(message);
          mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        });
  }

  private byte[] with(Consumer<Mac> input) {
    Mac mac = macs.take();
    input.accept(mac);
    byte[] digest = mac.doFinal();
    macs.giveBack(mac);
    return digest;
  }

  private Mac another() {
    try {
      return (Mac) beginning.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", e);
    }
  }
}
