package io.scrip.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.scrip.auth.AuthException;
import io.scrip.auth.CallerVerifier;
import io.scrip.identity.Call;
import io.scrip.identity.RequestId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Every call needs one bearer token in one Authorization header; nothing else is looked at,
 * whatever the gateway says. Runs before the body is read.
 *
 * <p>It looks at the address itself: a server whose filters all match every address need not match
 * and sort them anew for each call, which takes longer than the token's digest.
 */
@ServerFilter("/**")
final class Authentication {
  private static final String API = "v1";
  private static final String SCHEME = "Bearer ";

  private final CallerVerifier verifier;

  Authentication(CallerVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * @return the request, to go on with; fails with an {@link AuthException}
   */
  @RequestFilter
  @Order(100)
  CompletionStage<HttpRequest<?>> authenticate(HttpRequest<?> request) {
    return isApi(request.getPath())
        ? authenticated(request)
        : CompletableFuture.completedStage(request);
  }

  /** Also what is no call's address, so that only callers learn which ones there are. */
  private static boolean isApi(String path) {
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    int end = start + API.length();
    return path.startsWith(API, start) && (path.length() == end || path.charAt(end) == '/');
  }

  private CompletionStage<HttpRequest<?>> authenticated(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() != 1
        || !headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return CompletableFuture.failedFuture(
          new AuthException.InvalidToken(
              "missing", "Send one bearer token in one Authorization header."));
    }
    RequestId id = RequestIds.of(request);
    return verifier
        .verify(headers.getFirst().substring(SCHEME.length()))
        .thenApply(
            caller -> {
              CallBinder.put(request, new Call(caller, id));
              return request;
            });
  }
}
