package io.scrip.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.scrip.vault.RefusalListener;
import jakarta.inject.Singleton;

/**
 * Puts what the server itself refuses (no such address, too large, …) into the same form as
 * everything else.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class ProblemHandler implements ErrorResponseProcessor<Problem> {
  private final RefusalListener listener;

  ProblemHandler(RefusalListener listener) {
    this.listener = listener;
  }

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    Problem problem = problem(context, response.status());
    listener.refused(problem.word(), RefusalListener.NO_REASON);
    response.status(problem.status());
    return RequestIds.stamp(
        context.getRequest(), response.body(problem).contentType(Problems.PROBLEM_JSON));
  }

  private static Problem problem(ErrorContext context, HttpStatus status) {
    return switch (status) {
      case NOT_FOUND ->
          Problem.of(ProblemType.NOT_FOUND, "The calls are listed in the OpenAPI document.");
      case METHOD_NOT_ALLOWED ->
          Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The Allow header lists what it has.");
      case NOT_ACCEPTABLE ->
          Problem.of(ProblemType.NOT_ACCEPTABLE, "The OpenAPI document names each call's types.");
      case UNSUPPORTED_MEDIA_TYPE ->
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      case REQUEST_ENTITY_TOO_LARGE ->
          Problem.of(ProblemType.BODY_TOO_LARGE, "Send fewer or smaller values in one call.");
      case REQUEST_HEADER_FIELDS_TOO_LARGE, REQUEST_URI_TOO_LONG ->
          Problem.of(ProblemType.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
      case BAD_REQUEST -> Problem.of(ProblemType.INVALID_REQUEST, "The request could not be read.");
      case UNAUTHORIZED ->
          Problem.of(
              ProblemType.UNAUTHORIZED, "Send one bearer token in the Authorization header.");
      default ->
          context
              .getRootCause()
              .map(Problems::of)
              .orElseGet(() -> Problem.of(ProblemType.INTERNAL, "The request failed."));
    };
  }

  /** For failures that have a handler's chance before they become a status. */
  @Singleton
  static final class OfFailures
      implements io.micronaut.http.server.exceptions.ExceptionHandler<
          RuntimeException, HttpResponse<?>> {
    private final RefusalListener listener;

    OfFailures(RefusalListener listener) {
      this.listener = listener;
    }

    @Override
    public HttpResponse<?> handle(
        @SuppressWarnings("rawtypes") HttpRequest request, RuntimeException failure) {
      MutableHttpResponse<Problem> response = Problems.response(failure);
      response
          .getBody()
          .ifPresent(problem -> listener.refused(problem.word(), Problems.reason(failure)));
      return RequestIds.stamp((HttpRequest<?>) request, response);
    }
  }
}
