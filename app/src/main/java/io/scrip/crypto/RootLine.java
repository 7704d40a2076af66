package io.scrip.crypto;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The line that a root file holds: {@code <kind>:<id>:<base64 of 32 bytes>}, with or without a
 * newline at its end.
 *
 * <p>Works on bytes throughout, since a String of the key could not be wiped. A complaint never
 * repeats what was read.
 */
final class RootLine {
  private RootLine() {}

  /**
   * @return the line of a root with its newline, in an array that the caller wipes
   */
  static byte[] of(RootKey root) {
    byte[] key = root.secret().getEncoded();
    byte[] base64 = Base64.getEncoder().encode(key);
    byte[] head = ascii(root.kind().word() + ":" + root.id() + ":");
    try {
      return ByteBuffer.allocate(head.length + base64.length + 1)
          .put(head)
          .put(base64)
          .put((byte) '\n')
          .array();
    } finally {
      Wipe.all(key, base64);
    }
  }

  /**
   * @throws StartRefused for anything but a root of the wanted kind, whole and followed by nothing
   */
  static RootKey parse(String setting, RootKind wanted, byte[] content, Stage stage) {
    for (RootKind kind : RootKind.values()) {
      byte[] head = ascii(kind.word() + ":");
      if (content.length >= head.length
          && Arrays.equals(content, 0, head.length, head, 0, head.length)) {
        refuseKind(setting, wanted, kind, stage);
        return whole(setting, kind, content);
      }
    }
    throw new StartRefused(setting, "the file does not begin with " + wanted.word() + ":");
  }

  private static void refuseKind(String setting, RootKind wanted, RootKind found, Stage stage) {
    if (!found.servesAs(wanted, stage)) {
      throw new StartRefused(
          setting, "the file holds a " + found.word() + ", and a " + wanted.word() + " is needed");
    }
  }

  /**
   * Reads the key and writes the line again: what is not the same to the byte was damaged, or is
   * not ours.
   */
  private static RootKey whole(String setting, RootKind kind, byte[] content) {
    int end = content.length - (content[content.length - 1] == '\n' ? 1 : 0);
    int start = kind.word().length() + 1 + RootKey.ID_HEX_DIGITS + 1;
    byte[] base64 = start < end ? Arrays.copyOfRange(content, start, end) : new byte[0];
    byte[] again = new byte[0];
    try {
      RootKey root = new RootKey(kind, Base64.getDecoder().decode(base64));
      again = of(root);
      if (!MessageDigest.isEqual(
          Arrays.copyOf(again, again.length - 1), Arrays.copyOf(content, end))) {
        root.wipe();
        throw damaged(setting);
      }
      return root;
    } catch (
        IllegalArgumentException
            e) { // neither base64 nor 32 bytes; left out, it could repeat the content
      throw damaged(setting);
    } finally {
      Wipe.all(base64, again);
    }
  }

  private static StartRefused damaged(String setting) {
    return new StartRefused(
        setting,
        "the file is damaged: it must hold <kind>:<id>:<base64 of 32 bytes> and nothing more");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
