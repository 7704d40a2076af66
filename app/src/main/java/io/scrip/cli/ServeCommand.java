package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.EmbeddedApplication;
import io.scrip.crypto.Keyring;
import io.scrip.identity.Plane;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code scrip serve}: the service, until it is told to stop. */
@Command(
    name = ServeCommand.NAME,
    mixinStandardHelpOptions = true,
    description =
        "Serves the API. Settings come from application.yml, SCRIP_… variables and -D properties.")
final class ServeCommand implements Callable<Integer> {
  static final String NAME = "serve";

  /**
   * Not to be given to the shell: the service runs on its own threads, and its end is the
   * program's.
   */
  static final int SERVING = -1;

  @Override
  public Integer call() {
    ApplicationContext context = builder().build();
    Runtime.getRuntime().addShutdownHook(new Thread(context::close, "stop"));
    context.start();
    if (context.getBean(Plane.class).makes()) {
      context.getBean(Keyring.class).warmUp(); // a first data key now, and not at the first call
    }
    context.getBean(EmbeddedApplication.class).start();
    return SERVING;
  }

  static ApplicationContextBuilder builder() {
    return ApplicationContext.builder()
        .mainClass(Main.class)
        .banner(false)
        .deduceEnvironment(false);
  }
}
