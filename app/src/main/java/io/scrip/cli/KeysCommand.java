package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.RootFolder;
import io.scrip.crypto.RootKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip keys}: the roots, and what follows from them. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes root keys and shows the audit trail's public key.")
final class KeysCommand {
  private static final Map<String, RootKind> KINDS =
      new TreeMap<>(Map.of("seal", RootKind.SEAL, "digest", RootKind.DIGEST));

  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a seal root and a digest root, named after the day, in FOLDER/seal and FOLDER/digest.",
        "Overwrites nothing: in folders that hold roots already it makes the next ones, for a rotation.",
        "Keep a copy of both apart from the database and from each other: without them it is noise."
      })
  int generate(
      @Option(
              names = "--folder",
              required = true,
              paramLabel = "FOLDER",
              description = "Where to put them.")
          Path folder,
      @Option(
              names = "--only",
              paramLabel = "KIND",
              description = "seal or digest: makes one of them and not the other.")
          @Nullable String only)
      throws IOException {
    if (only != null && !KINDS.containsKey(only)) {
      System.err.println("--only takes seal or digest.");
      return CommandLine.ExitCode.USAGE;
    }
    for (var kind : KINDS.entrySet()) {
      if (only == null || only.equals(kind.getKey())) {
        generate(kind.getKey(), kind.getValue(), folder.resolve(kind.getKey()));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private static void generate(String what, RootKind kind, Path folder) throws IOException {
    Path made =
        RootFolder.generate(kind, folder, LocalDate.now(ZoneOffset.UTC), new SecureRandom());
    System.out.println("made %s  (scrip.keys.%s-roots: %s)".formatted(made, what, folder));
  }

  @Command(
      name = "audit-key",
      mixinStandardHelpOptions = true,
      description =
          "Prints the public key that verifies the audit trail, in PEM. Reads the digest root like the service.")
  int auditKey() {
    Map<String, Object> settings = Map.of(MigrateCommand.COMMAND, "audit-key");
    try (ApplicationContext context = ServeCommand.builder().properties(settings).build().start()) {
      System.out.print(context.getBean(AuditSigningKey.class).publicKeyPem());
      return 0;
    }
  }
}
