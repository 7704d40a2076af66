package io.scrip.crypto;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * A root in a file: one line, {@code <kind>:<id>:<base64 of 32 bytes>}, with or without a newline
 * at its end.
 *
 * <p>The id is checked on reading, so that a cut or mistyped file is refused instead of opening
 * nothing. Symbolic links are followed, because a mounted Secret is one.
 */
public final class RootFile {
  /** The longest line has 79 characters; whatever is larger is another file. */
  private static final int MAX_SIZE_BYTES = 256;

  /**
   * Group-read is allowed: Kubernetes' {@code fsGroup} hands a Secret to a process by its group.
   */
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private RootFile() {}

  /**
   * @param setting the configuration key that names the file, for the complaint
   * @param wanted {@link RootKind#SEAL} or {@link RootKind#DIGEST}; development takes its own kind
   *     of each as well
   * @throws StartRefused when the file is missing, unreadable, readable or writable by others, or
   *     holds anything else
   */
  public static RootKey read(String setting, RootKind wanted, Path file, Stage stage) {
    if (!Files.isRegularFile(file)) {
      throw new StartRefused(setting, "there is no file " + file);
    }
    try {
      refuseOpenToOthers(setting, file);
      return parse(setting, wanted, file, stage);
    } catch (IOException e) {
      throw new StartRefused(setting, file + " cannot be read by this process");
    }
  }

  /**
   * Makes a root that did not exist before, in a file that did not exist before, with mode 0600.
   *
   * @return the id of the new root
   * @throws FileAlreadyExistsException rather than overwrite anything
   */
  public static String generate(RootKind kind, Path file, SecureRandom random) throws IOException {
    RootKey root = RootKey.random(kind, random);
    byte[] line = RootLine.of(root);
    try {
      appear(file, line, random);
      return root.id();
    } finally {
      Wipe.all(line);
      root.wipe();
    }
  }

  /**
   * Whole or not at all: a process that is killed halfway, or another that looks meanwhile, finds
   * no half of a root.
   */
  private static void appear(Path file, byte[] line, SecureRandom random) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + "." + random.nextLong());
    try {
      write(draft, line);
      link(file, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * A link fails where a file is already, in one step. Where there are no links, a move does so in
   * two.
   */
  private static void link(Path file, Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(draft, file);
    }
  }

  private static void write(Path file, byte[] line) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
      ByteBuffer rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return isPosix(file) ? new FileAttribute<?>[] {mode} : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void refuseOpenToOthers(String setting, Path file) throws IOException {
    if (isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new StartRefused(setting, file + " is open to others; chmod o-rw it");
    }
  }

  private static RootKey parse(String setting, RootKind wanted, Path file, Stage stage)
      throws IOException {
    byte[] content = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_SIZE_BYTES);
      return RootLine.parse(setting, wanted, file.toString(), content, stage);
    } finally {
      Wipe.all(content);
    }
  }
}
