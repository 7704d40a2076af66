package io.scrip.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Published vectors, one file each, the source in its first line. */
final class Vectors {
  private final Properties lines = new Properties();

  Vectors(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream(file)) {
      lines.load(Objects.requireNonNull(in, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] get(String name) {
    return TestKeys.hex(Objects.requireNonNull(lines.getProperty(name), name));
  }
}
