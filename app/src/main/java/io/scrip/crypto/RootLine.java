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
   * @param file names what was read, for the complaint
   * @throws StartRefused for anything but a root of the wanted kind, whole and followed by nothing
   */
  static RootKey parse(String setting, RootKind wanted, String file, byte[] content, Stage stage) {
    for (RootKind kind : RootKind.values()) {
      byte[] head = ascii(kind.word() + ":");
      if (content.length >= head.length
          && Arrays.equals(content, 0, head.length, head, 0, head.length)) {
        refuseKind(setting, wanted, file, kind, stage);
        return whole(setting, kind, file, content);
      }
    }
    throw new StartRefused(
        setting, "the file " + file + " does not begin with " + wanted.word() + ":");
  }

  private static void refuseKind(
      String setting, RootKind wanted, String file, RootKind found, Stage stage) {
    if (!found.servesAs(wanted, stage)) {
      throw new StartRefused(
          setting,
          "the file %s holds a %s, and a %s is needed"
              .formatted(file, found.word(), wanted.word()));
    }
  }

  /**
   * Reads the key and writes the line again: what is not the same to the byte was damaged, or is
   * not ours.
   */
  private static RootKey whole(String setting, RootKind kind, String file, byte[] content) {
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
        throw damaged(setting, file);
      }
      return root;
    } catch (
        IllegalArgumentException
            e) { // neither base64 nor 32 bytes; left out, it could repeat the content
      throw damaged(setting, file);
    } finally {
      Wipe.all(base64, again);
    }
  }

  private static StartRefused damaged(String setting, String file) {
    return new StartRefused(
        setting,
        "the file "
            + file
            + " is damaged: it must hold <kind>:<id>:<base64 of 32 bytes> and nothing more");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
