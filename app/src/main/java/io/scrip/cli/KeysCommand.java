package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.RootFolder;
import io.scrip.crypto.RootKind;
import io.scrip.crypto.Roots;
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
    subcommands = {KeysListCommand.class, KeysRotateCommand.class, KeysDestroyCommand.class},
    description =
        "Makes, lists, rotates and destroys keys, and shows the audit trail's public key.")
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
          "Prints the public keys that verify the audit trail, in PEM: one for each digest root, the current last. Reads the digest roots like the service.")
  int auditKey() {
    Map<String, Object> settings = Map.of(MigrateCommand.COMMAND, "audit-key");
    try (ApplicationContext context = ServeCommand.builder().properties(settings).build().start()) {
      context.getBean(Roots.class).digest().all().stream()
          .map(root -> AuditSigningKey.of(root).publicKeyPem())
          .forEach(System.out::print);
      return CommandLine.ExitCode.OK;
    }
  }
}
