package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * Seals values that their owners keep, and opens them again.
 *
 * <p>A ciphertext is {@code scrip:v1:} and the base64url (RFC 4648, section 5, without padding) of
 * an {@link Envelope}. Version, data key id and the caller's context are bound to it. Thread-safe.
 */
public final class CiphertextSealer {
  /** What every ciphertext of this layout begins with. */
  public static final String PREFIX = "scrip:v1:";

  private static final Set<DataKeyUse> OF_CIPHERTEXTS = EnumSet.of(DataKeyUse.CIPHERTEXT);

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final SealingKeys sealingKeys;
  private final OpenedKeys openedKeys;

  CiphertextSealer(SealingKeys sealingKeys, OpenedKeys openedKeys) {
    this.sealingKeys = sealingKeys;
    this.openedKeys = openedKeys;
  }

  /**
   * @param context bound, not stored: opening needs the same bytes
   * @throws CryptoException.KeyServiceUnavailable when no data key could be made in time
   */
  public String seal(byte[] plaintext, byte[] context) {
    SealingKeys.Turn turn = sealingKeys.next(plaintext.length);
    try {
      return PREFIX
          + ENCODER.encodeToString(Envelope.seal(turn.key(), turn.counter(), plaintext, context));
    } finally {
      turn.key().letGo();
    }
  }

  /**
   * @return the plaintext, in an array that the caller wipes
   * @throws CryptoException.WillNotOpen when anything does not fit, whatever it is
   * @throws CryptoException.KeyServiceUnavailable when the data key could not be unwrapped just now
   */
  public byte[] open(String ciphertext, byte[] context) {
    byte[] sealed = parse(ciphertext);
    DataKey key = openedKeys.hold(Envelope.dataKeyId(sealed), OF_CIPHERTEXTS);
    try {
      return Envelope.open(key, sealed, context);
    } finally {
      key.letGo();
    }
  }

  /** One way to write each: base64 with stray bits at its end is refused. */
  private static byte[] parse(String ciphertext) {
    if (!ciphertext.startsWith(PREFIX)) {
      throw new CryptoException.WillNotOpen();
    }
    String body = ciphertext.substring(PREFIX.length());
    try {
      byte[] sealed = DECODER.decode(body.getBytes(StandardCharsets.US_ASCII));
      if (!ENCODER.encodeToString(sealed).equals(body)) {
        throw new CryptoException.WillNotOpen();
      }
      return sealed;
    } catch (IllegalArgumentException e) { // left out: it could repeat what was read
      throw new CryptoException.WillNotOpen();
    }
  }
}
