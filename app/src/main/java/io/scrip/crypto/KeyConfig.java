package io.scrip.crypto;

import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.scrip.identity.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys, under {@code scrip.keys}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><td>{@code seal-roots}<td>the roots that wrap key encryption keys: a file, or a folder whose files ending in
 *     {@code .root} are roots and whose last by name wraps; see {@link RootFile}. Never on a write plane
 * <tr><td>{@code digest-roots}<td>the roots of the lookup digests, likewise; other keys than the seal roots
 * <tr><td>{@code development-root}<td>whether the program may make its own roots. By default it does so in development where
 *     no file is set; production refuses to start with {@code true}
 * <tr><td>{@code development-folder}<td>where those roots are kept, {@code data}
 * <tr><td>{@code timeout}<td>how long a caller waits for a data key, 5 s; a millisecond to a minute
 * <tr><td>{@code data-key-max-records}, {@code data-key-max-bytes}, {@code data-key-max-age}<td>see {@link DataKeyLimits}
 * <tr><td>{@code max-opened-keys}<td>how many opened data keys are kept in memory, 1,000; 1 to 100,000
 * <tr><td>{@code max-opened-age}<td>for how long each is kept, 10 min; a second to a day
 * </table>
 */
@ConfigurationProperties("scrip.keys")
public final class KeyConfig {
  static final String SEAL_ROOTS = "scrip.keys.seal-roots";
  static final String DIGEST_ROOTS = "scrip.keys.digest-roots";
  static final String DEVELOPMENT_ROOT = "scrip.keys.development-root";
  static final String DEVELOPMENT_FOLDER = "scrip.keys.development-folder";

  /** No files, and every default: for development and tests. */
  public static final KeyConfig DEFAULT =
      new KeyConfig(null, null, null, null, null, null, null, null, null, null);

  private final Optional<Path> sealRoots;
  private final Optional<Path> digestRoots;
  private final Optional<Boolean> developmentRoot;
  private final Path developmentFolder;
  private final Duration timeout;
  private final DataKeyLimits dataKeyLimits;
  private final long maxOpenedKeys;
  private final Duration maxOpenedAge;

  /** What is not set is null and takes its default. */
  @ConfigurationInject
  KeyConfig(
      @Nullable Path sealRoots,
      @Nullable Path digestRoots,
      @Nullable Boolean developmentRoot,
      @Nullable Path developmentFolder,
      @Nullable Duration timeout,
      @Nullable Long dataKeyMaxRecords,
      @Nullable Long dataKeyMaxBytes,
      @Nullable Duration dataKeyMaxAge,
      @Nullable Long maxOpenedKeys,
      @Nullable Duration maxOpenedAge) {
    this.sealRoots = Optional.ofNullable(sealRoots);
    this.digestRoots = Optional.ofNullable(digestRoots);
    this.developmentRoot = Optional.ofNullable(developmentRoot);
    this.developmentFolder = developmentFolder == null ? Path.of("data") : developmentFolder;
    this.timeout =
        within(
            "timeout", timeout, Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMinutes(1));
    this.dataKeyLimits =
        new DataKeyLimits(
            within(
                "data-key-max-records",
                dataKeyMaxRecords,
                DataKeyLimits.DEFAULT.maxRecords(),
                1L,
                DataKeyLimits.MOST_RECORDS),
            within(
                "data-key-max-bytes",
                dataKeyMaxBytes,
                DataKeyLimits.DEFAULT.maxBytes(),
                DataKeyLimits.LEAST_BYTES,
                DataKeyLimits.MOST_BYTES),
            within(
                "data-key-max-age",
                dataKeyMaxAge,
                DataKeyLimits.DEFAULT.maxAge(),
                DataKeyLimits.LEAST_AGE,
                DataKeyLimits.MOST_AGE));
    this.maxOpenedKeys = within("max-opened-keys", maxOpenedKeys, 1_000L, 1L, 100_000L);
    this.maxOpenedAge =
        within(
            "max-opened-age",
            maxOpenedAge,
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofDays(1));
  }

  public Optional<Path> sealRoots() {
    return sealRoots;
  }

  public Optional<Path> digestRoots() {
    return digestRoots;
  }

  public Optional<Boolean> developmentRoot() {
    return developmentRoot;
  }

  public Path developmentFolder() {
    return developmentFolder;
  }

  /** How long a caller waits for a data key. */
  public Duration timeout() {
    return timeout;
  }

  public DataKeyLimits dataKeyLimits() {
    return dataKeyLimits;
  }

  public long maxOpenedKeys() {
    return maxOpenedKeys;
  }

  public Duration maxOpenedAge() {
    return maxOpenedAge;
  }

  private static <T extends Comparable<T>> T within(
      String name, @Nullable T given, T otherwise, T least, T most) {
    T value = given == null ? otherwise : given;
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new StartRefused("scrip.keys." + name, "must be from " + least + " to " + most);
    }
    return value;
  }
}
