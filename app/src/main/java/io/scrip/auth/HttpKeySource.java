package io.scrip.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a JWK set with GET. Follows no redirect: the keys come from the configured address or not
 * at all. A client lives for one fetch, which is rare, so that renewed certificates and tokens are
 * read again.
 */
final class HttpKeySource implements KeySource {
  private final URI uri;
  private final Optional<Path> caFile;
  private final Optional<Path> bearerTokenFile;
  private final KeysConfig config;

  HttpKeySource(URI uri, Optional<Path> caFile, Optional<Path> bearerTokenFile, KeysConfig config) {
    this.uri = uri;
    this.caFile = caFile;
    this.bearerTokenFile = bearerTokenFile;
    this.config = config;
  }

  @Override
  public String fetch() throws IOException, InterruptedException {
    HttpClient client = client();
    try {
      HttpResponse<String> response = answer(client.sendAsync(request(), body()));
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } finally {
      client.shutdownNow();
    }
  }

  private HttpClient client() throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout());
    if (caFile.isPresent()) {
      builder.sslContext(CaFile.trust(caFile.get()));
    }
    return builder.build();
  }

  private HttpRequest request() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    if (bearerTokenFile.isPresent()) {
      request.header("Authorization", "Bearer " + Files.readString(bearerTokenFile.get()).strip());
    }
    return request.build();
  }

  private HttpResponse.BodyHandler<String> body() {
    return BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), config.maxBytes());
  }

  /**
   * The time limit is on the whole answer: the client's own ends with the headers, and a body may
   * drip for ever.
   */
  private HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> sent)
      throws IOException, InterruptedException {
    try {
      return sent.get(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("no complete answer within " + config.readTimeout());
    }
  }
}
