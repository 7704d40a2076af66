package io.scrip.bench;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.PropertySource;
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
import io.scrip.auth.CallerVerifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The ceiling: the service's server, giving back the JSON that it gets and nothing else. {@code
 * /echo} asks for nothing; {@code /jwt/echo} verifies the token as the service does; {@code
 * /jwt-each/echo} does so anew for every call.
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
      super((ApplicationContextConfiguration) builder());
      Map<String, Object> settings =
          Map.of(
              "micronaut.server.host", "127.0.0.1",
              "micronaut.server.port", port,
              "endpoints.all.port", "${random.port}",
              "micronaut.metrics.enabled", "false",
              "bench.issuer", issuer);
      getEnvironment().addPropertySource(PropertySource.of("echo", settings));
    }

    private static ApplicationContextBuilder builder() {
      return ApplicationContext.builder().banner(false).deduceEnvironment(false);
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

  /** As the service's filter does. */
  @ServerFilter({"/jwt/**", "/jwt-each/**"})
  static final class Checking {
    private final CallerVerifier remembering;
    private final CallerVerifier forgetful;

    Checking(@Property(name = "bench.issuer") String issuer) {
      remembering = Verifiers.remembering(issuer);
      forgetful = Verifiers.forgetful(issuer);
    }

    @RequestFilter
    @Order(100)
    CompletionStage<HttpRequest<?>> check(HttpRequest<?> request) {
      String header = request.getHeaders().getAuthorization().orElseThrow();
      CallerVerifier verifier = request.getPath().startsWith("/jwt-each") ? forgetful : remembering;
      return verifier.verify(header.substring("Bearer ".length())).thenApply(_ -> request);
    }
  }
}
