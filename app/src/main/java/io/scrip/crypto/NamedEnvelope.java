package io.scrip.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The envelope of a custodian whose keys have names: kind (1 byte), size of the name (1), name in
 * ASCII, body.
 *
 * @param name up to {@value #MAX_NAME} characters; of a stranger's envelope, any
 */
record NamedEnvelope(CustodyKind kind, String name, byte[] body) {
  static final int MAX_NAME = 255;

  /** What no path, no configuration file and no terminal reads as anything but a name. */
  static final String NAME = "[A-Za-z0-9_.-]{1,100}";

  private static final int BEFORE_NAME = 2;

  NamedEnvelope {
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException("a name has at most " + MAX_NAME + " characters");
    }
  }

  /**
   * @throws CryptoException.WillNotOpen when it is not an envelope of this kind
   */
  static NamedEnvelope parse(CustodyKind kind, byte[] wrapped) {
    if (wrapped.length < BEFORE_NAME || wrapped[0] != kind.envelope()) {
      throw new CryptoException.WillNotOpen();
    }
    int body = BEFORE_NAME + Byte.toUnsignedInt(wrapped[1]);
    if (body > wrapped.length) {
      throw new CryptoException.WillNotOpen();
    }
    String name = new String(wrapped, BEFORE_NAME, body - BEFORE_NAME, StandardCharsets.ISO_8859_1);
    return new NamedEnvelope(kind, name, Arrays.copyOfRange(wrapped, body, wrapped.length));
  }

  /** What stands before the body. */
  byte[] head() {
    byte[] bare = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] head = new byte[BEFORE_NAME + bare.length];
    head[0] = kind.envelope();
    head[1] = (byte) bare.length;
    System.arraycopy(bare, 0, head, BEFORE_NAME, bare.length);
    return head;
  }

  byte[] bytes() {
    byte[] head = head();
    byte[] bytes = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, bytes, head.length, body.length);
    return bytes;
  }

  @Override
  public String toString() {
    return "envelope of " + kind + " under " + name;
  }
}
