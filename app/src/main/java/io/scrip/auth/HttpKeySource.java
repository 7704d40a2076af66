package io.scrip.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches a JWK set with GET. Follows no redirect: the keys come from the configured address or not
 * at all. A client lives for one fetch, which is rare, so that renewed certificates and tokens are
 * read again.
 */
final class HttpKeySource implements KeySource {
  private final URI uri;
  private final Optional<Path> caFile;
  private final Optional<Path> bearerTokenFile;
  private final BoundedClient.Limits limits;

  HttpKeySource(URI uri, Optional<Path> caFile, Optional<Path> bearerTokenFile, KeysConfig config) {
    this.uri = uri;
    this.caFile = caFile;
    this.bearerTokenFile = bearerTokenFile;
    this.limits =
        new BoundedClient.Limits(config.connectTimeout(), config.readTimeout(), config.maxBytes());
  }

  @Override
  public String fetch() throws IOException, InterruptedException {
    try (BoundedClient client = new BoundedClient(caFile, limits)) {
      HttpResponse<String> response = client.send(request());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    }
  }

  private HttpRequest request() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    if (bearerTokenFile.isPresent()) {
      request.header("Authorization", "Bearer " + Files.readString(bearerTokenFile.get()).strip());
    }
    return request.build();
  }
}
