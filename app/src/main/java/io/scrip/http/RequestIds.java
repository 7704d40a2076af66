package io.scrip.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.scrip.identity.RequestId;

/**
 * Each request's name, the gateway's where it sent one, and the headers that all responses bear.
 */
final class RequestIds {
  private static final String HEADER = "X-Request-Id";

  private RequestIds() {}

  static RequestId read(HttpRequest<?> request) {
    return request
        .getHeaders()
        .getFirst(HEADER)
        .flatMap(RequestId::parse)
        .orElseGet(RequestId::random);
  }

  /**
   * May be called more than once: what fails before the response filters are reached is stamped
   * where it becomes a problem.
   */
  static <T> MutableHttpResponse<T> stamp(HttpRequest<?> request, MutableHttpResponse<T> response) {
    response.getHeaders().set(HEADER, of(request).value());
    response.getHeaders().set("Cache-Control", "no-store");
    response.getHeaders().set("X-Content-Type-Options", "nosniff");
    return response;
  }

  static RequestId of(HttpRequest<?> request) {
    return Arrivals.of(request).map(Arrivals.Arrival::id).orElseGet(RequestId::random);
  }
}
