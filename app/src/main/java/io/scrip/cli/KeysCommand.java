package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.RootFile;
import io.scrip.crypto.RootKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip keys}: the roots, and what follows from them. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes root keys and shows the audit trail's public key.")
final class KeysCommand {

  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a seal root and a digest root, each in a file that only its owner can read, and",
        "overwrites nothing. Keep a copy of both apart from the database: without them it is noise."
      })
  int generate(
      @Option(
              names = "--folder",
              required = true,
              paramLabel = "FOLDER",
              description = "Where to put them.")
          Path folder)
      throws IOException {
    SecureRandom random = new SecureRandom();
    try {
      Files.createDirectories(folder);
      generate("seal", RootKind.SEAL, folder.resolve("seal.root"), random);
      generate("digest", RootKind.DIGEST, folder.resolve("digest.root"), random);
      return 0;
    } catch (FileAlreadyExistsException exists) {
      System.err.println(exists.getMessage() + " exists; nothing was overwritten.");
      return 2;
    }
  }

  private static void generate(String what, RootKind kind, Path file, SecureRandom random)
      throws IOException {
    String id = RootFile.generate(kind, file, random);
    System.out.println(
        what + " root " + id + " in " + file + "  (scrip.keys." + what + "-root-file)");
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
