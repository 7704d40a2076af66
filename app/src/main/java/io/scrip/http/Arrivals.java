package io.scrip.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.scrip.identity.RequestId;
import io.scrip.vault.AnswerListener;
import io.scrip.vault.AnswerListener.Answer;
import java.time.Duration;
import java.util.Optional;

/**
 * The first to see each request and the last to see its response: names the one, stamps the other,
 * and tells how long it took. One filter for all of it, since the server asks each filter of each
 * call.
 */
@ServerFilter("/**")
final class Arrivals {
  private static final String ATTRIBUTE = Arrival.class.getName();

  private final AnswerListener listener;

  Arrivals(AnswerListener listener) {
    this.listener = listener;
  }

  @RequestFilter
  @Order(-100)
  void arrive(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, new Arrival(RequestIds.read(request), System.nanoTime()));
  }

  @ResponseFilter
  void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RequestIds.stamp(request, response);
    of(request)
        .ifPresent(arrival -> listener.answered(answer(request, response), arrival.untilNow()));
  }

  private static Answer answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
    return new Answer(
        request.getMethod().name(),
        BasicHttpAttributes.getUriTemplate(request).orElse(Answer.UNMATCHED),
        response.code(),
        RouteAttributes.getException(response)
            .map(failure -> failure.getClass().getSimpleName())
            .orElse(Answer.NO_FAILURE));
  }

  /** Empty where a request failed before any filter saw it. */
  static Optional<Arrival> of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE).map(Arrival.class::cast);
  }

  /**
   * @param nanos of the machine's clock for durations
   */
  record Arrival(RequestId id, long nanos) {
    Duration untilNow() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }
}
