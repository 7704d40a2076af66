package io.scrip.cli;

import java.util.concurrent.Callable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code scrip}: the one program, the service and the operator's commands. */
@Command(
    name = "scrip",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "A tokenization vault. Without a command it serves.",
    subcommands = {
      ServeCommand.class,
      MigrateCommand.class,
      KeysCommand.class,
      AuditCommand.class,
      RekeyCommand.class,
      Auth0Command.class,
      TrainCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the answer is no: a broken trail, credentials that differ, a key that is needed",
      "2:the command line or a file it names is wrong",
      "78:refused to start; the line says which setting to change"
    })
public final class Main implements Callable<Integer> {
  private Main() {}

  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int code = commands().execute(args);
    if (code != ServeCommand.SERVING) {
      System.exit(code);
    }
  }

  static CommandLine commands() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, _, _) -> Refusal.report(failure));
  }

  @Override
  public Integer call() {
    return new ServeCommand().call();
  }
}
