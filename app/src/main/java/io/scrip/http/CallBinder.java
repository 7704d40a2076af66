package io.scrip.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.scrip.identity.Call;
import jakarta.inject.Singleton;

/**
 * Hands controllers the authenticated call; without one there is none to hand, and the request
 * fails.
 */
@Singleton
final class CallBinder implements TypedRequestArgumentBinder<Call> {
  private static final String ATTRIBUTE = Call.class.getName();

  static void put(HttpRequest<?> request, Call call) {
    request.setAttribute(ATTRIBUTE, call);
  }

  @Override
  public Argument<Call> argumentType() {
    return Argument.of(Call.class);
  }

  @Override
  public BindingResult<Call> bind(ArgumentConversionContext<Call> context, HttpRequest<?> source) {
    return () -> source.getAttribute(ATTRIBUTE, Call.class);
  }
}
