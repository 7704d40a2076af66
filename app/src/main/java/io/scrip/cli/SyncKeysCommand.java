package io.scrip.cli;

import io.scrip.auth.BoundedClient;
import io.scrip.gateway.Change;
import io.scrip.gateway.ClusterSecrets;
import io.scrip.gateway.CredentialStore;
import io.scrip.gateway.EmptySecrets;
import io.scrip.gateway.GatewayException;
import io.scrip.gateway.KongFile;
import io.scrip.gateway.Plan;
import io.scrip.gateway.PublishedKeys;
import io.scrip.gateway.Reconciler;
import io.scrip.gateway.SecretsYaml;
import io.scrip.identity.StartRefused;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code scrip auth0 sync-keys}: made to run every few minutes. It needs no setting of the service,
 * opens no database and reads no root.
 */
@Command(
    name = "sync-keys",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the signing keys that the tenant publishes and gives the gateway a credential for each, so that "
          + "no caller sees a rotation in Auth0. Writes the Secrets scrip-auth0-current, -next and -previous of "
          + "a cluster, or with --kong-yml a file for Kong without a database.",
      "",
      "Run again, it changes nothing: no write is sent. A key keeps the Secret that it came to, whatever its "
          + "name says: moved, it would be there twice for a moment, or not at all. One that is no longer "
          + "published stays for --retain. The last working key is never taken away, and a Secret of these "
          + "names without the label konghq.com/credential: jwt is not touched.",
      "",
      "Taken are RSA keys of 2,048 to 8,192 bits for RS256 signatures. What is refused is named with the "
          + "reason; the others are installed nevertheless.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the gateway has every published key",
      "1:--check: it has not; the lines say what differs",
      "2:the command line is wrong",
      "3:a published key was refused or found no place; tokens that it signs are 401",
      "4:the tenant did not answer, or with no key that is taken; nothing was changed",
      "5:the cluster or the file cannot be read or written; run it again"
    },
    footer = {
      "",
      "Examples, with TENANT=https://tenant.example.auth0.com/",
      "  An operator makes the Secrets, once, and overwrites none:",
      "    scrip auth0 sync-keys --issuer $TENANT --output yaml | kubectl create -f -",
      "  In a pod that may read and replace just these (auth0/reconciler):",
      "    scrip auth0 sync-keys --issuer $TENANT",
      "  A key has leaked and was revoked. From a laptop, through `kubectl proxy`:",
      "    scrip auth0 sync-keys --issuer $TENANT --retain PT0S \\",
      "      --api-server http://127.0.0.1:8001 --namespace scrip",
      "  Kong without a database:",
      "    scrip auth0 sync-keys --issuer $TENANT --kong-yml kong.yml && kong reload"
    },
    usageHelpAutoWidth = true)
final class SyncKeysCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int DRIFT = 1;
  private static final int USAGE = 2;
  private static final int REFUSED = 3;
  private static final int NO_KEYS = 4;
  private static final int NO_STORE = 5;

  /** Nobody wants a withdrawn key for longer than Auth0 lets a token live at most, 30 days. */
  private static final Duration MAX_RETAIN = Duration.ofDays(30);

  /**
   * For each call, of which there are seven at most. 64 KiB are some 40 keys with certificates, and
   * many times one of our Secrets.
   */
  private static final BoundedClient.Limits LIMITS =
      new BoundedClient.Limits(Duration.ofSeconds(3), Duration.ofSeconds(10), 65_536);

  private final InstantSource clock;
  private final Map<String, String> environment;
  private final Path serviceAccount;
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private TenantOptions tenant = new TenantOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @ArgGroup private Target target = new Target();

  @ArgGroup private Mode mode = new Mode();

  @Option(
      names = "--retain",
      paramLabel = "DURATION",
      defaultValue = "PT24H",
      description = {
        "How long a key stays that is no longer published: as long as a token may live that it signed. PT24H "
            + "by default, which is Auth0's default and the most that the gateway takes (maximum_expiration). "
            + "PT0S when a key has leaked."
      })
  private Duration retain = Duration.ofHours(24);

  /** Where to, if not to the cluster. */
  static final class Target {
    @Option(
        names = "--kong-yml",
        paramLabel = "FILE",
        description =
            "Changes jwt_secrets of the consumer auth0-tenant in this file, nothing else.")
    private @Nullable Path kongYml;

    @Option(
        names = "--output",
        paramLabel = "yaml",
        description = "Prints all three Secrets as for a cluster without them; asks no cluster.")
    private @Nullable Form output;
  }

  /** What the Secrets can be printed as. */
  enum Form {
    YAML
  }

  /** How far. */
  static final class Mode {
    @Option(names = "--check", description = "Writes nothing; ends with 1 where something differs.")
    private boolean check;

    @Option(names = "--dry-run", description = "Writes nothing; shows what would be changed.")
    private boolean dryRun;

    boolean writes() {
      return !check && !dryRun;
    }
  }

  SyncKeysCommand() {
    this(
        Clock.systemUTC(), System.getenv(), ClusterOptions.SERVICE_ACCOUNT, System.out, System.err);
  }

  SyncKeysCommand(
      InstantSource clock,
      Map<String, String> environment,
      Path serviceAccount,
      PrintStream out,
      PrintStream err) {
    this.clock = clock;
    this.environment = environment;
    this.serviceAccount = serviceAccount;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      requireOptions();
      Reconciler reconciler = new Reconciler(store(), retain, clock);
      PublishedKeys published = tenant.jwks(LIMITS).fetch();
      Plan plan =
          mode.writes() && target.output == null
              ? reconciler.reconcile(published)
              : reconciler.plan(published);
      return report(published, plan);
    } catch (StartRefused e) {
      return ended(USAGE, e);
    } catch (GatewayException e) {
      return ended(e instanceof GatewayException.KeysUnusable ? NO_KEYS : NO_STORE, e);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private void requireOptions() {
    if (retain.isNegative() || retain.compareTo(MAX_RETAIN) > 0) {
      throw new StartRefused("--retain", "takes PT0S to P30D");
    }
    if (target.output != null && !mode.writes()) {
      throw new StartRefused("--output", "asks no cluster, so there is nothing to compare with");
    }
    cluster.requireNamespaceToBeOne();
  }

  private CredentialStore store() {
    if (target.kongYml != null) {
      return new KongFile(target.kongYml);
    }
    return target.output != null
        ? new EmptySecrets()
        : new ClusterSecrets(cluster.address(environment, serviceAccount), LIMITS);
  }

  private int report(PublishedKeys published, Plan plan) {
    for (PublishedKeys.Refused key : published.refused()) {
      err.println("refused: key " + key.kid() + ": " + key.why());
    }
    plan.unseated()
        .forEach(
            key -> err.println("no place: key " + key.kid() + " waits for one to be given up"));
    if (target.output != null) {
      out.print(SecretsYaml.of(plan, cluster.givenNamespace()));
    } else {
      plan.changes().stream().map(Change::sentence).forEach(out::println);
      out.println(summary(plan));
    }
    if (mode.check && !plan.isEmpty()) {
      return DRIFT;
    }
    return published.refused().isEmpty() && plan.unseated().isEmpty() ? DONE : REFUSED;
  }

  private String summary(Plan plan) {
    int changes = plan.changes().size();
    if (changes == 0) {
      return "Nothing to change.";
    }
    return mode.writes() ? "Changed: " + changes + "." : "To be changed: " + changes + ".";
  }

  private int ended(int code, Exception why) {
    err.println("scrip auth0 sync-keys: " + why.getMessage());
    return code;
  }
}
