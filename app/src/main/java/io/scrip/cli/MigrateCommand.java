package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.journal.Ledger;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code scrip migrate}: brings the schema up to date, as the role that owns it. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the database's schema up to date and ends. Reads datasources.default.url, username and",
      "password like the service; the role needs the right to change tables, which the service's own has not."
    })
final class MigrateCommand implements Callable<Integer> {
  /** Set while a command runs, so that nothing of the service starts. */
  static final String COMMAND = "scrip.command";

  @Override
  public Integer call() {
    Map<String, Object> settings = Map.of(COMMAND, "migrate", "scrip.store.migrate", true);
    try (ApplicationContext context = ServeCommand.builder().properties(settings).build().start()) {
      context.getBean(Ledger.class);
      System.out.println("The schema is up to date.");
      return 0;
    }
  }
}
