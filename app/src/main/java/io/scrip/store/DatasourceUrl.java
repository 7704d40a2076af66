package io.scrip.store;

import io.scrip.identity.StartRefused;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JDBC URL that Scrip can store at. */
sealed interface DatasourceUrl {
  /** The configuration key that names it. */
  String SETTING = "datasources.default.url";

  /** As given to the driver: with everything that must be so, whatever the configuration says. */
  String driverUrl();

  Dialect dialect();

  /** Everything is gone with the process. */
  record H2Memory(String driverUrl) implements DatasourceUrl {
    @Override
    public Dialect dialect() {
      return Dialect.H2;
    }
  }

  /** One file that one process holds. */
  record H2File(String driverUrl) implements DatasourceUrl {
    @Override
    public Dialect dialect() {
      return Dialect.H2;
    }
  }

  /** A server. */
  record PostgreSql(String driverUrl) implements DatasourceUrl {
    @Override
    public Dialect dialect() {
      return Dialect.POSTGRESQL;
    }
  }

  /**
   * @throws StartRefused when it is none of these; the message does not repeat the URL, which may
   *     hold a password
   */
  static DatasourceUrl parse(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgreSql(url);
    }
    if (!url.startsWith("jdbc:h2:")) {
      throw new StartRefused(SETTING, "is neither jdbc:postgresql: nor jdbc:h2:");
    }
    String place = url.substring("jdbc:h2:".length()).toLowerCase(Locale.ROOT);
    if (Stream.of("tcp:", "ssl:", "zip:").anyMatch(place::startsWith)) {
      throw new StartRefused(SETTING, "H2 is embedded here: use jdbc:h2:file:, or PostgreSQL");
    }
    boolean memory =
        Stream.of("mem:", "memfs:", "memlzf:", "niomemfs:", "niomemlzf:").anyMatch(place::contains);
    return memory ? new H2Memory(H2Settings.in(url)) : new H2File(H2Settings.inFile(url));
  }

  /** Settings of H2 that the store relies on; they replace whatever the URL says of the same. */
  final class H2Settings {
    private static final List<String> DIALECT =
        List.of("MODE=PostgreSQL", "DATABASE_TO_LOWER=TRUE", "DB_CLOSE_ON_EXIT=FALSE");

    /**
     * A commit is written at once; no second process gets at the file; and no statement that failed
     * is written, with its values, to a trace file.
     */
    private static final List<String> FILE =
        List.of("WRITE_DELAY=0", "FILE_LOCK=FS", "AUTO_SERVER=FALSE", "TRACE_LEVEL_FILE=0");

    private H2Settings() {}

    static String in(String url) {
      return with(url, DIALECT);
    }

    static String inFile(String url) {
      return with(url, Stream.concat(DIALECT.stream(), FILE.stream()).toList());
    }

    private static String with(String url, List<String> needed) {
      String[] parts = url.split(";");
      Stream<String> kept =
          Arrays.stream(parts)
              .skip(1)
              .filter(part -> needed.stream().noneMatch(one -> key(one).equals(key(part))));
      return Stream.of(Stream.of(parts[0]), kept, needed.stream())
          .flatMap(part -> part)
          .collect(Collectors.joining(";"));
    }

    private static String key(String setting) {
      return setting.replaceFirst("=.*", "").strip().toUpperCase(Locale.ROOT);
    }
  }
}
