package io.scrip.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.health.filter.HealthResultFilter;
import io.micronaut.management.health.indicator.HealthResult;

/**
 * Answers 503 where the health is not up. Micronaut's own filter does the same for the addresses of
 * health only, but to find that out the server would match each call's address against theirs.
 */
@ServerFilter("/**")
@Replaces(HealthResultFilter.class)
final class HealthAnswers {
  @ResponseFilter
  void tell(MutableHttpResponse<?> response) {
    if (response.body() instanceof HealthResult health
        && !health.getStatus().getOperational().orElse(true)) {
      response.status(HttpStatus.SERVICE_UNAVAILABLE);
    }
  }
}
