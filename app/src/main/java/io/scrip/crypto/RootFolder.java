package io.scrip.crypto;

import io.scrip.identity.Stage;
import io.scrip.identity.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Roots on disk: one file, or a folder whose files ending in {@code .root} are roots and whose last
 * by name is the current one. Whatever else lies in the folder is left alone, and so are hidden
 * files, which are somebody's drafts.
 *
 * <p>The mode of the folder itself is not looked at: Kubernetes mounts Secrets in folders that
 * everybody may write to, on a volume that nobody may.
 */
public final class RootFolder implements RootSource {
  static final String SUFFIX = ".root";

  /** An operator has a handful; a folder with more is another folder. */
  private static final int MAX_FILES = 100;

  /** What changes with a file's content, mode or place, where the file system tells. */
  private static final String UNIX = "unix:ino,size,lastModifiedTime,ctime,mode";

  private static final String BASIC = "basic:size,lastModifiedTime";

  private final String setting;
  private final RootKind wanted;
  private final Path path;
  private final Stage stage;

  /**
   * @param setting the configuration key that names the path, for complaints
   */
  RootFolder(String setting, RootKind wanted, Path path, Stage stage) {
    this.setting = setting;
    this.wanted = wanted;
    this.path = path;
    this.stage = stage;
  }

  /**
   * Makes a root that will be the last by name, in a file that is named after the day. A second
   * root of one day gets a number: {@code 2026-11-21.root}, {@code 2026-11-21_02.root}.
   *
   * @return the new file
   * @throws StartRefused when a file is there whose name comes after today's, since the new root
   *     would not become the current one
   */
  public static Path generate(RootKind kind, Path folder, LocalDate today, SecureRandom random)
      throws IOException {
    Files.createDirectories(folder);
    Path next = next(folder, today);
    RootFile.generate(kind, next, random);
    return next;
  }

  private static Path next(Path folder, LocalDate today) throws IOException {
    List<Path> there = rootsIn(folder);
    for (int i = 1; i < MAX_FILES; i++) {
      // An underscore sorts behind a dot, and so behind the first of the day.
      Path next = folder.resolve(today + (i == 1 ? "" : "_%02d".formatted(i)) + SUFFIX);
      if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        refuseEarlier(next, there);
        return next;
      }
    }
    throw new StartRefused("--folder", folder + " has too many roots of today");
  }

  private static void refuseEarlier(Path next, List<Path> there) {
    if (!there.isEmpty() && name(there.getLast()).compareTo(name(next)) > 0) {
      throw new StartRefused(
          "--folder",
          "%s comes after %s by name, so the new root would not be the current one"
              .formatted(there.getLast(), next.getFileName()));
    }
  }

  @Override
  public Object appearance() {
    try {
      Map<String, Object> seen = new HashMap<>();
      for (Path file : files()) {
        seen.put(file.toString(), file.toRealPath());
        seen.put(file + " ", Files.readAttributes(file, attributes(file)));
      }
      return seen;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /** Each root once, the current one last. What was read is wiped when the rest is refused. */
  @Override
  public List<RootKey> read() {
    List<RootKey> roots = new ArrayList<>();
    try {
      for (Path file : files()) {
        RootKey root = RootFile.read(setting, wanted, file, stage);
        refuseTwice(file, root, roots);
        roots.add(root);
      }
      return roots;
    } catch (IOException e) {
      roots.forEach(RootKey::wipe);
      throw refused(e);
    } catch (StartRefused e) {
      roots.forEach(RootKey::wipe);
      throw e;
    }
  }

  private void refuseTwice(Path file, RootKey root, List<RootKey> roots) {
    if (roots.stream().anyMatch(other -> other.id().equals(root.id()))) {
      root.wipe();
      throw new StartRefused(
          setting, file + " holds root " + root.id() + ", which another file there holds already");
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = rootsIn(path);
    if (files.isEmpty() || files.size() > MAX_FILES) {
      throw new StartRefused(
          setting,
          "the folder %s holds %d files that end in %s; it must hold 1 to %d"
              .formatted(path, files.size(), SUFFIX, MAX_FILES));
    }
    return files;
  }

  /** Links that lead nowhere are in: a root that is missing must not go unnoticed. */
  private static List<Path> rootsIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> name(entry).endsWith(SUFFIX) && !name(entry).startsWith("."))
          .filter(entry -> !Files.isDirectory(entry))
          .sorted(Comparator.comparing(RootFolder::name))
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String attributes(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix") ? UNIX : BASIC;
  }

  private StartRefused refused(IOException e) {
    return e instanceof NoSuchFileException missing
        ? new StartRefused(setting, "there is no file or folder " + missing.getFile())
        : new StartRefused(setting, path + " cannot be read by this process");
  }

  @Override
  public String toString() {
    return setting + " in " + path;
  }
}
