package io.scrip.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/** The script of a migration, as this program carries it. */
final class MigrationFile {
  private MigrationFile() {}

  /**
   * The sum by which Flyway remembers a script in its history: CRC-32 of the lines as UTF-8,
   * without what ends them. Worked out here, since Flyway takes half a second to begin with.
   *
   * @return empty when this program has no such script
   */
  static OptionalInt checksum(Dialect dialect, String script) {
    String path = dialect.migrations().replace("classpath:", "/") + "/" + script;
    try (InputStream found = MigrationFile.class.getResourceAsStream(path)) {
      return found == null ? OptionalInt.empty() : OptionalInt.of(checksum(found));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own migrations cannot be read", e);
    }
  }

  private static int checksum(InputStream script) throws IOException {
    var sum = new CRC32();
    var lines = new BufferedReader(new InputStreamReader(script, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return (int) sum.getValue();
  }
}
