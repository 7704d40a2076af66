package io.scrip.gateway;

import io.scrip.auth.BoundedClient;
import io.scrip.gateway.GatewayException.KeysUnusable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks the tenant once for what it publishes.
 *
 * @param caFile PEM certificates to trust instead of the JDK's, for a tenant behind a private
 *     authority
 */
public record TenantJwks(URI uri, Optional<Path> caFile, BoundedClient.Limits limits) {
  /**
   * @throws KeysUnusable when there is no answer, or none to use
   */
  public PublishedKeys fetch() throws GatewayException, InterruptedException {
    try (BoundedClient client = new BoundedClient(caFile, limits)) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
      if (answer.statusCode() != 200) {
        throw new KeysUnusable("the tenant answers with status " + answer.statusCode());
      }
      return PublishedKeys.parse(answer.body());
    } catch (IOException e) {
      throw new KeysUnusable(
          "the tenant cannot be asked: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }
}
