package io.scrip.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.scrip.auth.AuthException;
import io.scrip.auth.CallerVerifier;
import io.scrip.identity.Call;
import io.scrip.identity.Caller;
import io.scrip.identity.RequestId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Every call needs one bearer token in one Authorization header; nothing else is looked at, whatever the gateway says. Runs
 * before the body is read.
 */
@ServerFilter("/v1/**")
final class Authentication {
  private static final String SCHEME = "Bearer ";

  private final CallerVerifier verifier;

  Authentication(CallerVerifier verifier) {
    this.verifier = verifier;
  }

  @RequestFilter
  @Order(100)
  CompletionStage<@Nullable HttpResponse<?>> authenticate(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() != 1 || !headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return CompletableFuture.completedFuture(refuse());
    }
    RequestId id = RequestIds.of(request);
    return verifier
        .verify(headers.getFirst().substring(SCHEME.length()))
        .handle((caller, failure) -> failure == null ? let(request, caller, id) : Problems.response(failure));
  }

  private static HttpResponse<?> refuse() {
    return Problems.response(
        new AuthException.InvalidToken("missing", "Send one bearer token in one Authorization header."));
  }

  private static @Nullable HttpResponse<?> let(HttpRequest<?> request, Caller caller, RequestId id) {
    CallBinder.put(request, new Call(caller, id));
    return null;
  }
}
