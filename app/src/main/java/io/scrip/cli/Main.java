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
    int code = isPlainStart(args) ? serve() : commands().execute(args);
    if (code != ServeCommand.SERVING) {
      System.exit(code);
    }
  }

  /**
   * Picocli reads what every command takes before it runs one: a tenth of the service's start, and
   * there is nothing to parse.
   */
  private static boolean isPlainStart(String[] args) {
    return args.length == 0 || (args.length == 1 && args[0].equals(ServeCommand.NAME));
  }

  private static int serve() {
    try {
      return new ServeCommand().call();
    } catch (RuntimeException failure) {
      return Refusal.report(failure);
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
