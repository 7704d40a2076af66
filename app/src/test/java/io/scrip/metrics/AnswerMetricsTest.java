package io.scrip.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.vault.AnswerListener.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls by address, method, status and failure, as dashboards ask for them. */
class AnswerMetricsTest {
  private static final Duration TOOK = Duration.ofMillis(3);

  private final Meters meters = new Meters();
  private final AnswerMetrics answers = new AnswerMetrics(meters.registry);

  private double count(String failure, String method, int status, String uri) {
    return meters.value(
        "http.server.requests",
        "exception=" + failure,
        "method=" + method,
        "status=" + status,
        "uri=" + uri);
  }

  @Test
  void each_kind_of_answer_has_a_timer_of_its_own() {
    answers.answered(new Answer("POST", "/v1/encrypt", 200, Answer.NO_FAILURE), TOOK);
    answers.answered(new Answer("POST", "/v1/encrypt", 200, Answer.NO_FAILURE), TOOK);
    answers.answered(new Answer("POST", "/v1/encrypt", 403, "AccessDenied"), TOOK);
    answers.answered(new Answer("GET", Answer.UNMATCHED, 405, "NotAllowedException"), TOOK);
    assertThat(count("none", "POST", 200, "/v1/encrypt")).isEqualTo(2);
    assertThat(count("AccessDenied", "POST", 403, "/v1/encrypt")).isEqualTo(1);
    assertThat(count("NotAllowedException", "GET", 405, "UNMATCHED_URI")).isEqualTo(1);
  }

  /** Whatever was looked for: an address that nothing answers to, or a token that there is not. */
  @Test
  void what_was_not_found_has_one_timer_whatever_the_address() {
    answers.answered(new Answer("POST", "/v1/detokenize", 404, "TokenNotFound"), TOOK);
    answers.answered(new Answer("POST", "/v1/tokens/lookup", 404, "TokenNotFound"), TOOK);
    assertThat(count("TokenNotFound", "POST", 404, "NOT_FOUND")).isEqualTo(2);
  }
}
