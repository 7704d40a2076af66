package io.scrip.bench;

import io.scrip.format.Draw;
import io.scrip.format.TokenFormat;
import java.security.SecureRandom;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Draws tokens, the random bits included. */
@State(Scope.Benchmark)
public class FormatBenchmark {
  private static final String CARD = "4242424242424242";
  private static final String EMAIL = "ada.lovelace@example.org";

  private final SecureRandom random = new SecureRandom();
  private final TokenFormat opaque = TokenFormat.of("opaque", Map.of());
  private final TokenFormat card = TokenFormat.of("card", Map.of());
  private final TokenFormat email = TokenFormat.of("email", Map.of());

  @Benchmark
  public String opaque() {
    return opaque.draw(CARD, new Draw(random));
  }

  @Benchmark
  public String card() {
    return card.draw(CARD, new Draw(random));
  }

  @Benchmark
  public String email() {
    return email.draw(EMAIL, new Draw(random));
  }
}
