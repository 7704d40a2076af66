package io.scrip.auth;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a server that we trust for what it says and not for how it says it: no redirect is
 * followed, time and size of an answer are bounded. Made for a few rare calls; a new one reads
 * renewed certificates.
 */
public final class BoundedClient implements AutoCloseable {
  private final HttpClient client;
  private final Limits limits;

  /**
   * @param connect for the connection alone
   * @param whole until the last byte of the answer
   * @param maxBytes a longer answer is a failure
   */
  public record Limits(Duration connect, Duration whole, int maxBytes) {}

  /**
   * @param caFile PEM certificates to trust instead of the JDK's
   * @throws IOException when they cannot be read
   */
  public BoundedClient(Optional<Path> caFile, Limits limits) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.connect());
    if (caFile.isPresent()) {
      builder.sslContext(CaFile.trust(caFile.get()));
    }
    this.client = builder.build();
    this.limits = limits;
  }

  /**
   * @return the answer, whatever its status
   * @throws IOException when there was none within the limits
   */
  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return answer(client.sendAsync(request, body()));
  }

  private HttpResponse.BodyHandler<String> body() {
    return BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), limits.maxBytes());
  }

  /**
   * The time limit is on the whole answer: the client's own ends with the headers, and a body may
   * drip for ever.
   */
  private HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> sent)
      throws IOException, InterruptedException {
    try {
      return sent.get(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("no complete answer within " + limits.whole());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
