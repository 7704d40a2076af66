package io.scrip.cli;

import io.scrip.crypto.Pkcs11Config;
import io.scrip.crypto.Pkcs11Custody;
import io.scrip.crypto.RootFolder;
import io.scrip.crypto.RootKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip keys generate}: new roots, in files or on a token. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a seal root and a digest root, each in a file named after the day,",
      "in FOLDER/seal and FOLDER/digest. Where roots are already it makes the next",
      "ones, for a rotation; it overwrites nothing. Keep a copy of both apart from",
      "the database and from each other: without them it is noise.",
      "With --pkcs11 it makes a seal root on a token, which it never leaves."
    },
    footer = {
      "",
      "  scrip keys generate --folder /somewhere/safe",
      "  scrip keys generate --folder /somewhere/safe --only seal",
      "  scrip keys generate --pkcs11 /usr/lib/softhsm/libsofthsm2.so \\",
      "    --token-label vault --key-label scrip-2026 --pin-file /run/secrets/pin"
    })
final class GenerateCommand implements Callable<Integer> {
  /** A person waits; and some tokens take seconds for a key. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Where where = new Where();

  private static final class Where {
    @ArgGroup(exclusive = false)
    @Nullable Files files;

    @ArgGroup(exclusive = false)
    @Nullable Token token;
  }

  /** What goes into a folder. */
  enum Only {
    SEAL(RootKind.SEAL),
    DIGEST(RootKind.DIGEST);

    private final RootKind kind;

    Only(RootKind kind) {
      this.kind = kind;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class Files {
    @Option(
        names = "--folder",
        required = true,
        paramLabel = "FOLDER",
        description = "Where to put them.")
    private Path folder = Path.of("");

    @Option(
        names = "--only",
        paramLabel = "KIND",
        description = "seal or digest: makes one of them and not the other.")
    private @Nullable Only only;

    void generate() throws IOException {
      for (Only one : Only.values()) {
        if (only == null || only == one) {
          Path into = folder.resolve(one.word());
          Path made =
              RootFolder.generate(
                  one.kind, into, LocalDate.now(ZoneOffset.UTC), new SecureRandom());
          System.out.println(
              "made %s  (scrip.keys.%s-roots: %s)".formatted(made, one.word(), into));
        }
      }
    }
  }

  private static final class Token {
    @Option(
        names = "--pkcs11",
        required = true,
        paramLabel = "LIBRARY",
        description = "The library of the token's maker.")
    private Path library = Path.of("");

    @Option(names = "--token-label", paramLabel = "LABEL", description = "Which token.")
    private @Nullable String tokenLabel;

    @Option(names = "--slot", paramLabel = "NUMBER", description = "Which token, by its slot.")
    private @Nullable Integer slot;

    @Option(
        names = "--key-label",
        required = true,
        paramLabel = "LABEL",
        description = "What the new key is called.")
    private String keyLabel = "";

    @Option(
        names = "--pin-file",
        required = true,
        paramLabel = "FILE",
        description = "Holds the user's PIN.")
    private Path pinFile = Path.of("");

    void generate() {
      Pkcs11Custody.generate(
          new Pkcs11Config(library, slot, tokenLabel, keyLabel, pinFile), PATIENCE);
      System.out.println("made " + keyLabel + "  (scrip.keys.pkcs11.key-label: " + keyLabel + ")");
    }
  }

  @Override
  public Integer call() throws IOException {
    if (where.files != null) {
      where.files.generate();
    }
    if (where.token != null) {
      where.token.generate();
    }
    return 0;
  }
}
