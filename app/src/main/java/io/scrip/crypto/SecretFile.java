package io.scrip.crypto;

import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** A PIN or a token in a file: read anew each time, since whoever keeps it there replaces it. */
final class SecretFile {
  /** A service-account token has some 1,000 bytes, a batch token some hundreds. */
  private static final int MAX_BYTES = 16_384;

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * @param setting the configuration key that names the file, for the complaint
   * @param forOthersToo whether others may read it: a projected service-account token can be
   * @return the content without white space at its end, in an array that the caller wipes;
   *     printable ASCII, so that it can neither end a line nor a header
   * @throws StartRefused when the file is missing, open to others, empty, too large or holds
   *     anything else
   */
  static byte[] read(String setting, Path file, boolean forOthersToo) {
    try {
      if (!forOthersToo && isOpenToOthers(file)) {
        throw new StartRefused(setting, file + " is open to others; chmod o-rw it");
      }
      return printable(setting, file);
    } catch (IOException e) {
      throw new StartRefused(setting, file + " cannot be read by this process");
    }
  }

  private static byte[] printable(String setting, Path file) throws IOException {
    byte[] content = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
      int end = content.length;
      while (end > 0 && content[end - 1] <= ' ' && content[end - 1] > 0) {
        end--;
      }
      for (int i = 0; i < end; i++) {
        if (content[i] <= ' ' || content[i] > '~') {
          throw new StartRefused(setting, file + " holds more than one line of printable ASCII");
        }
      }
      if (end == 0 || content.length > MAX_BYTES) {
        throw new StartRefused(setting, file + " is empty or larger than " + MAX_BYTES + " bytes");
      }
      return Arrays.copyOf(content, end);
    } finally {
      Wipe.all(content);
    }
  }

  private static boolean isOpenToOthers(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
  }
}
