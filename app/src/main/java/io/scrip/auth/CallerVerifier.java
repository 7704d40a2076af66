package io.scrip.auth;

import io.scrip.identity.Caller;
import java.util.concurrent.CompletionStage;

/** Stub: turns a bearer token into a verified caller. */
public final class CallerVerifier {
  /**
   * @param bearerToken what stood after {@code Bearer } in the one Authorization header
   * @return completed at once when the token was verified before; completes exceptionally with an {@link AuthException}
   */
  public CompletionStage<Caller> verify(String bearerToken) {
    throw new UnsupportedOperationException();
  }
}
