package io.scrip.cli;

import io.micronaut.context.ApplicationContext;
import io.scrip.identity.Actor;
import io.scrip.identity.Call;
import io.scrip.identity.Caller;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import io.scrip.policy.Permission;
import io.scrip.vault.VaultException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The vault without its server, for commands about keys: the same use cases, journal and trail as
 * behind the API, on the same settings. Whoever may read roots and database may do all of it, so
 * the only question left is who it was: the trail names the user of the operating system.
 */
final class KeyOffice implements AutoCloseable {
  private final ApplicationContext context;

  private KeyOffice(ApplicationContext context) {
    this.context = context;
  }

  static KeyOffice open() {
    return open(Map.of());
  }

  /**
   * @param settings beside the operator's own
   */
  static KeyOffice open(Map<String, Object> settings) {
    Map<String, Object> quiet =
        new HashMap<>(
            Map.of("scrip.housekeeping.interval", "PT0S", "scrip.rekey.interval", "PT0S"));
    quiet.putAll(settings);
    return new KeyOffice(ServeCommand.builder().properties(quiet).build().start());
  }

  <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  static Call call() {
    Actor operator =
        new Actor("scrip-cli", System.getProperty("user.name", "unknown"), "scrip-cli");
    Set<String> grants = Set.of(Permission.READ_KEYS.word(), Permission.ROTATE_KEYS.word());
    return new Call(new Caller(operator, TenantId.DEFAULT, grants), RequestId.random());
  }

  /**
   * @throws VaultException what the vault refused
   */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof VaultException refused) {
        throw refused;
      }
      throw failed;
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
