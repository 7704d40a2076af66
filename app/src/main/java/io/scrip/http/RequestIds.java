package io.scrip.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.scrip.identity.RequestId;

/**
 * Gives each request a name, the gateway's where it sent one, and each response the headers that
 * all of them bear.
 */
@ServerFilter("/**")
final class RequestIds {
  private static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = RequestId.class.getName();

  @RequestFilter
  @io.micronaut.core.annotation.Order(-100)
  void name(HttpRequest<?> request) {
    RequestId id =
        request
            .getHeaders()
            .getFirst(HEADER)
            .flatMap(RequestId::parse)
            .orElseGet(RequestId::random);
    request.setAttribute(ATTRIBUTE, id);
  }

  @ResponseFilter
  void mark(HttpRequest<?> request, MutableHttpResponse<?> response) {
    stamp(request, response);
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
    return request.getAttribute(ATTRIBUTE, RequestId.class).orElseGet(RequestId::random);
  }
}
