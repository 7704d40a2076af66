package io.scrip.issuer;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;

/** What every answer of the stand-in carries: RFC 6749, section 5.1 asks for the first. */
final class Headers {
  private Headers() {}

  static <T> MutableHttpResponse<T> safe(MutableHttpResponse<T> response) {
    return response
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Content-Type-Options", "nosniff");
  }
}
