package io.scrip.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.scrip.identity.Actor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** So many searches per caller and minute: whoever guesses values is slowed down, and only he. */
@Singleton
final class SearchBudget {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_CALLERS = 100_000;

  private final int perWindow;
  private final Cache<Actor, AtomicInteger> spent =
      Caffeine.newBuilder().expireAfterWrite(WINDOW).maximumSize(MAX_CALLERS).build();

  SearchBudget(LimitsConfig limits) {
    perWindow = limits.searchesPerMinute();
  }

  /**
   * @return empty when the caller may search; otherwise how long to wait at most
   */
  Optional<Duration> spend(Actor actor) {
    int count = spent.get(actor, _ -> new AtomicInteger()).incrementAndGet();
    return count <= perWindow ? Optional.empty() : Optional.of(WINDOW);
  }
}
