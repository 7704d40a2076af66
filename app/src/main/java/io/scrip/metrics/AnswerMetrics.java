package io.scrip.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scrip.vault.AnswerListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Times calls, under the names that Micronaut's own filter gives them. That filter makes new tags
 * and looks the timer up by them for each call, which takes longer than to seal a value; here each
 * timer is kept.
 */
@Singleton
final class AnswerMetrics implements AnswerListener {
  /** Few: each is a series for every call and status. */
  private static final Duration[] BOUNDS =
      Durations.ofMillis(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000);

  private static final String NOT_FOUND = "NOT_FOUND";
  private static final int NOT_FOUND_STATUS = 404;

  private final MeterRegistry registry;
  private final ConcurrentMap<Answer, Timer> timers = new ConcurrentHashMap<>();

  AnswerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(Answer answer, Duration took) {
    Timer timer = timers.get(answer);
    (timer == null ? timers.computeIfAbsent(answer, this::register) : timer).record(took);
  }

  private Timer register(Answer answer) {
    return Timer.builder("http.server.requests")
        .tag("exception", answer.failure())
        .tag("method", answer.method())
        .tag("status", Integer.toString(answer.status()))
        .tag("uri", answer.status() == NOT_FOUND_STATUS ? NOT_FOUND : answer.uri())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
