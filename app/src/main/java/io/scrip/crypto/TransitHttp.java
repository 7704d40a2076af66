package io.scrip.crypto;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.scrip.crypto.CryptoException.KeyServiceUnavailable;
import io.scrip.identity.StartRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks a transit service: bounded in time and size, along no redirect, and with nothing of the
 * answer in any complaint.
 */
final class TransitHttp {
  /** A key's description with its whole history has some kilobytes. */
  private static final int MAX_ANSWER_BYTES = 1 << 16;

  private static final JsonFactory JSON = new JsonFactory();

  private final HttpClient http;
  private final URI address;
  private final Optional<String> namespace;

  TransitHttp(TransitConfig config, Duration timeout) {
    this.address = config.address().orElseThrow();
    this.namespace = config.namespace();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout);
    config.caFile().ifPresent(file -> builder.sslContext(trust(file)));
    this.http = builder.build();
  }

  /**
   * @param path {@code /v1/…}
   * @param token empty for a login
   */
  TransitReply get(String path, Optional<String> token, Deadline deadline) {
    return ask(request(path, token, deadline).GET().build(), deadline);
  }

  TransitReply post(
      String path, Optional<String> token, Map<String, String> fields, Deadline deadline) {
    byte[] body = json(fields);
    try {
      HttpRequest.Builder request =
          request(path, token, deadline).header("Content-Type", "application/json");
      return ask(request.POST(BodyPublishers.ofByteArray(body)).build(), deadline);
    } finally {
      Wipe.all(body);
    }
  }

  private HttpRequest.Builder request(String path, Optional<String> token, Deadline deadline) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(deadline.left())
            .header("Accept", "application/json")
            .header("X-Vault-Request", "true"); // an agent may ask for it, against forged requests
    token.ifPresent(value -> request.header("X-Vault-Token", value));
    namespace.ifPresent(value -> request.header("X-Vault-Namespace", value));
    return request;
  }

  /** The request's own timeout ends with the answer's head; the body is waited for here. */
  private TransitReply ask(HttpRequest request, Deadline deadline) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      return new TransitReply(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw deadline.over();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyServiceUnavailable("interrupted while waiting for the transit service", e);
    } catch (ExecutionException e) {
      throw new KeyServiceUnavailable("the transit service did not answer: " + kind(e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  /** Its message could hold an address with whatever stands in it. */
  private static String kind(@Nullable Throwable cause) {
    return cause == null ? "for no reason" : cause.getClass().getSimpleName();
  }

  private static byte[] json(Map<String, String> fields) {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (var field : fields.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory takes what is written to it", e);
    }
    return out.toByteArray();
  }

  private static SSLContext trust(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        anchors.setCertificateEntry("ca-" + anchors.size(), authority);
      }
      if (anchors.size() == 0) {
        throw new StartRefused(TransitConfig.CA_FILE, file + " holds no certificate");
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new StartRefused(
          TransitConfig.CA_FILE, file + " cannot be read as certificates in PEM");
    }
  }
}
