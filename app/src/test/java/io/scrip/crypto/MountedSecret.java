package io.scrip.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder as the kubelet mounts a Secret: files that link through {@code ..data}, which links to a
 * folder of its own for each version and is swapped in one step.
 */
final class MountedSecret {
  private final Path folder;
  private int version;

  MountedSecret(Path folder) {
    this.folder = folder;
  }

  /** Puts these in the place of what was there, named 1.root and so on. */
  void publish(RootKey... roots) throws IOException {
    version++;
    Path data = Files.createDirectory(folder.resolve("..version_" + version));
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= roots.length; i++) {
      TestKeys.write(data.resolve(i + ".root"), roots[i - 1]);
      names.add(i + ".root");
    }
    swap(data);
    for (String name : names) {
      if (!Files.isSymbolicLink(folder.resolve(name))) {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
      }
    }
    removeOthers(names);
  }

  private void swap(Path data) throws IOException {
    Path link = folder.resolve("..data");
    Path draft = Files.createSymbolicLink(folder.resolve("..data_tmp"), data.getFileName());
    Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private void removeOthers(Set<String> names) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.endsWith(".root") && !names.contains(name)) {
          Files.delete(entry);
        }
      }
    }
  }
}
