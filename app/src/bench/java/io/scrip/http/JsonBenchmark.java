package io.scrip.http;

import io.scrip.vault.LimitsConfig;
import io.scrip.vault.TokenizeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads a tokenize call's body, from bytes to the request that the vault takes. */
@State(Scope.Benchmark)
public class JsonBenchmark {
  private final Requests requests =
      new Requests(
          new Limits(
              new LimitsConfig(
                  65_536, 1_000, 16, 4_096, 256, 1_000, 16, Duration.ofHours(24), 600)));
  private final byte[] body =
      """
      {"data": "4242424242424242", "template": "card", "subject": "customer-1017", "ttl": "P730D", \
      "metadata": {"channel": "web"}}"""
          .getBytes(StandardCharsets.UTF_8);

  @Benchmark
  public TokenizeRequest read() {
    return requests.tokenize(JsonBodyReader.read(null, body).root());
  }
}
