package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.crypto.AuditSigningKey;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code scrip keys}: the roots, and what follows from them. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = GenerateCommand.class,
    description = "Makes root keys and shows the audit trail's public key.")
final class KeysCommand {
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
