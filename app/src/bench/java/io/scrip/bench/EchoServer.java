package io.scrip.bench;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.inject.BeanDefinitionReference;
import io.micronaut.runtime.EmbeddedApplication;
import io.micronaut.serde.annotation.Serdeable;
import io.scrip.auth.AuthConfig;
import io.scrip.auth.AuthFactory;
import io.scrip.auth.CallerVerifier;
import io.scrip.auth.IssuerConfig;
import io.scrip.auth.KeysConfig;
import io.scrip.auth.TokenCacheConfig;
import io.scrip.identity.Stage;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The ceiling: the service's server, giving back the JSON that it gets and nothing else. {@code /echo} asks for nothing;
 * {@code /jwt/echo} verifies the token as the service does; {@code /jwt-each/echo} does so anew for every call.
 */
public final class EchoServer {
  static final String AUDIENCE = "https://api.scrip.local";

  private EchoServer() {}

  /**
   * @param arguments the port, and the issuer whose tokens it takes
   */
  public static void main(String[] arguments) {
    var context = new EchoContext(arguments[0], arguments[1]);
    Runtime.getRuntime().addShutdownHook(new Thread(context::close, "stop"));
    context.start();
    context.getBean(EmbeddedApplication.class).start();
  }

  /** On the class path of the service, but without its beans. */
  private static final class EchoContext extends DefaultApplicationContext {
    EchoContext(String port, String issuer) {
      super(configuration(port, issuer));
    }

    private static ApplicationContextConfiguration configuration(String port, String issuer) {
      ApplicationContextBuilder builder =
          io.micronaut.context.ApplicationContext.builder()
              .banner(false)
              .deduceEnvironment(false)
              .properties(
                  Map.of(
                      "micronaut.server.host", "127.0.0.1",
                      "micronaut.server.port", port,
                      "endpoints.all.port", port,
                      "micronaut.metrics.enabled", "false",
                      "bench.issuer", issuer));
      return (ApplicationContextConfiguration) builder;
    }

    @Override
    protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
      return super.resolveBeanDefinitionReferences().stream()
          .filter(bean -> isOurs(bean.getBeanDefinitionName()))
          .toList();
    }

    private static boolean isOurs(String name) {
      return !name.startsWith("io.scrip.") || name.startsWith("io.scrip.bench.");
    }
  }

  /** What calls send: one value, as to the service. */
  @Serdeable
  record Value(String data) {}

  /** Gives back what it gets. */
  @Controller
  static final class Echo {
    @Post(uris = {"/echo", "/jwt/echo", "/jwt-each/echo"})
    Value echo(@Body Value value) {
      return value;
    }
  }

  /** The service's own verifier, with the cache it has by default and without. */
  @Singleton
  static final class Verifiers {
    private final CallerVerifier remembering;
    private final CallerVerifier forgetful;

    Verifiers(@io.micronaut.context.annotation.Value("${bench.issuer}") String issuer) {
      remembering = verifier(issuer, new TokenCacheConfig(10_000, Duration.ofSeconds(60)));
      forgetful = verifier(issuer, new TokenCacheConfig(0, Duration.ZERO));
    }

    private static CallerVerifier verifier(String issuer, TokenCacheConfig cache) {
      return new AuthFactory()
          .callerVerifier(
              new AuthConfig(Optional.of(AUDIENCE), Duration.ofSeconds(30), 8_192),
              cache,
              new KeysConfig(
                  Duration.ofMinutes(5),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(10),
                  3,
                  Duration.ofHours(6),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(5),
                  65_536),
              List.of(
                  new IssuerConfig(
                      "dev",
                      Optional.of(issuer),
                      Optional.empty(),
                      Optional.empty(),
                      IssuerConfig.Kind.OAUTH,
                      List.of("RS256"),
                      List.of("JWT", "at+jwt"),
                      "org_id",
                      Optional.empty(),
                      Optional.empty())),
              List.of(),
              Stage.DEVELOPMENT,
              Clock.systemUTC());
    }
  }

  /** As the service's filter does. */
  @ServerFilter({"/jwt/**", "/jwt-each/**"})
  static final class Checking {
    private final Verifiers verifiers;

    Checking(Verifiers verifiers) {
      this.verifiers = verifiers;
    }

    @RequestFilter
    @Order(100)
    CompletionStage<HttpRequest<?>> check(HttpRequest<?> request) {
      String header = request.getHeaders().get("Authorization");
      CallerVerifier verifier =
          request.getPath().startsWith("/jwt-each") ? verifiers.forgetful : verifiers.remembering;
      return verifier.verify(header.substring("Bearer ".length())).thenApply(_ -> request);
    }
  }
}
