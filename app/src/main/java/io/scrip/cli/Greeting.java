package io.scrip.cli;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/**
 * Tells a newcomer where things are, and a line to paste. In development only: it knows the
 * stand-in's secrets.
 */
@Singleton
@Requires(env = Environment.DEVELOPMENT)
@Requires(property = "scrip.issuer.enabled", value = "true")
final class Greeting implements ApplicationEventListener<ServerStartupEvent> {
  private final int managementPort;
  private final int issuerPort;
  private final String audience;

  Greeting(
      @Value("${endpoints.all.port}") int managementPort,
      @Value("${scrip.issuer.port:8082}") int issuerPort,
      @Value("${scrip.auth.audience}") String audience) {
    this.managementPort = managementPort;
    this.issuerPort = issuerPort;
    this.audience = audience;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    int port = event.getSource().getPort();
    System.out.println(
        """

        Scrip runs, for development: keys, database and issuer are its own and live under ./data.

          API         http://127.0.0.1:%1$d/v1
          Swagger UI  http://127.0.0.1:%2$d/swagger-ui
          Issuer      http://127.0.0.1:%3$d/

        Paste this into another shell for a token:

        curl -s http://127.0.0.1:%1$d/v1/tokenize -H 'Content-Type: application/json' -H "Authorization: Bearer $(curl -s http://127.0.0.1:%3$d/oauth/token -d grant_type=client_credentials -d client_id=dev-admin -d client_secret=dev-admin -d audience=%4$s | cut -d '"' -f 4)" -d '{"data":"4242424242424242","template":"card"}'
        """
            .formatted(port, managementPort, issuerPort, audience));
  }
}
