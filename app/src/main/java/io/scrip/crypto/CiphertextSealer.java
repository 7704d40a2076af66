package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * Seals values that their owners keep, and opens them again.
 *
 * <p>A ciphertext is {@code scrip:v1:} and the base64url (RFC 4648, section 5, without padding) of
 * an {@link Envelope}. Version, data key id and the caller's context are bound to it.
 * app/docs/ciphertext.md has it byte by byte. Thread-safe.
 */
public final class CiphertextSealer {
  /** What every ciphertext of this layout begins with. */
  public static final String PREFIX = "scrip:v1:";

  /** The largest value that the API takes. */
  public static final int MAX_PLAINTEXT_BYTES = 1 << 16;

  private static final Set<DataKeyUse> OF_CIPHERTEXTS = EnumSet.of(DataKeyUse.CIPHERTEXT);

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** No longer one was ever made, so nothing longer is even decoded. */
  private static final int MAX_LENGTH =
      PREFIX.length()
          + ENCODER.encode(new byte[MAX_PLAINTEXT_BYTES + Envelope.OVERHEAD_BYTES]).length;

  private final SealingKeys sealingKeys;
  private final OpenedKeys openedKeys;

  CiphertextSealer(SealingKeys sealingKeys, OpenedKeys openedKeys) {
    this.sealingKeys = sealingKeys;
    this.openedKeys = openedKeys;
  }

  /** Whether sealing needs no key to be made first, which takes the key table and some time. */
  public boolean isReady() {
    return sealingKeys.isReady();
  }

  /**
   * @param plaintext at most {@link #MAX_PLAINTEXT_BYTES}
   * @param context bound, not stored: opening needs the same bytes
   * @throws CryptoException.KeyServiceUnavailable when no data key could be made in time
   */
  public String seal(byte[] plaintext, byte[] context) {
    if (plaintext.length > MAX_PLAINTEXT_BYTES) {
      throw new IllegalArgumentException("a ciphertext holds less");
    }
    SealingKeys.Turn turn = sealingKeys.next(plaintext.length);
    try {
      return PREFIX
          + ENCODER.encodeToString(Envelope.seal(turn.key(), turn.counter(), plaintext, context));
    } finally {
      turn.key().letGo();
    }
  }

  /**
   * @throws CryptoException.KeyServiceUnavailable when the data key could not be unwrapped just now
   */
  public Opening open(String ciphertext, byte[] context) {
    byte[] sealed;
    long dataKeyId;
    try {
      sealed = parse(ciphertext);
      dataKeyId = Envelope.dataKeyId(sealed);
    } catch (CryptoException.WillNotOpen e) {
      return new Opening.Closed(Flaw.MALFORMED);
    }
    return open(sealed, dataKeyId, context);
  }

  private Opening open(byte[] sealed, long dataKeyId, byte[] context) {
    DataKey key;
    try {
      key = openedKeys.hold(dataKeyId, OF_CIPHERTEXTS);
    } catch (CryptoException.WillNotOpen e) {
      return new Opening.Closed(Flaw.UNKNOWN_KEY);
    }
    try {
      return new Opening.Opened(Envelope.open(key, sealed, context));
    } catch (CryptoException.WillNotOpen e) {
      return new Opening.Closed(Flaw.WILL_NOT_OPEN);
    } finally {
      key.letGo();
    }
  }

  /** One way to write each: base64 with stray bits at its end is refused. */
  private static byte[] parse(String ciphertext) {
    if (!ciphertext.startsWith(PREFIX) || ciphertext.length() > MAX_LENGTH) {
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

  /** What came of opening one. */
  public sealed interface Opening {
    /**
     * @param plaintext in an array that the caller wipes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Opened(byte[] plaintext) implements Opening {
      @Override
      public String toString() {
        return "Opened[redacted]";
      }
    }

    record Closed(Flaw flaw) implements Opening {}
  }

  /** Why one does not open. For the audit trail: whoever asks is not told. */
  public enum Flaw {
    /** Cut, not base64, another version, nothing of ours. */
    MALFORMED("malformed"),
    /** There is no such data key, it seals something else, or it does not open itself. */
    UNKNOWN_KEY("unknown-key"),
    /** Changed, or bound to another tenant or context. */
    WILL_NOT_OPEN("will-not-open");

    private final String code;

    Flaw(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
