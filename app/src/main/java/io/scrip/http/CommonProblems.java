package io.scrip.http;

import static io.scrip.http.ProblemType.ACCESS_DENIED;
import static io.scrip.http.ProblemType.BODY_TOO_LARGE;
import static io.scrip.http.ProblemType.DUPLICATE_FIELD;
import static io.scrip.http.ProblemType.HEADERS_TOO_LARGE;
import static io.scrip.http.ProblemType.INTERNAL;
import static io.scrip.http.ProblemType.INVALID_FIELD;
import static io.scrip.http.ProblemType.INVALID_REQUEST;
import static io.scrip.http.ProblemType.KEYS_UNAVAILABLE;
import static io.scrip.http.ProblemType.MALFORMED_JSON;
import static io.scrip.http.ProblemType.NOT_ACCEPTABLE;
import static io.scrip.http.ProblemType.OUTCOME_UNKNOWN;
import static io.scrip.http.ProblemType.OVERLOADED;
import static io.scrip.http.ProblemType.STOPPING;
import static io.scrip.http.ProblemType.STORE_UNAVAILABLE;
import static io.scrip.http.ProblemType.UNAUTHORIZED;
import static io.scrip.http.ProblemType.UNKNOWN_FIELD;
import static io.scrip.http.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import java.util.EnumSet;
import java.util.Set;

/** How calls fail whatever they do. */
final class CommonProblems {
  private static final Set<ProblemType> OF_EVERY_CALL =
      EnumSet.of(
          INVALID_REQUEST,
          UNAUTHORIZED,
          ACCESS_DENIED,
          NOT_ACCEPTABLE,
          HEADERS_TOO_LARGE,
          INTERNAL,
          OVERLOADED,
          STOPPING,
          STORE_UNAVAILABLE,
          OUTCOME_UNKNOWN,
          KEYS_UNAVAILABLE);

  private static final Set<ProblemType> OF_BODIES =
      EnumSet.of(
          MALFORMED_JSON,
          DUPLICATE_FIELD,
          UNKNOWN_FIELD,
          INVALID_FIELD,
          BODY_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE);

  private CommonProblems() {}

  static Set<ProblemType> of(boolean hasBody) {
    EnumSet<ProblemType> common = EnumSet.copyOf(OF_EVERY_CALL);
    if (hasBody) {
      common.addAll(OF_BODIES);
    }
    return common;
  }
}
