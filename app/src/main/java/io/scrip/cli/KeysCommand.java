package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.crypto.AuditSigningKey;
import io.scrip.crypto.Roots;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code scrip keys}: the roots, and what follows from them. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      GenerateCommand.class,
      KeysListCommand.class,
      KeysRotateCommand.class,
      KeysDestroyCommand.class
    },
    description =
        "Makes, lists, rotates and destroys keys, and shows the audit trail's public key.")
final class KeysCommand {
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
