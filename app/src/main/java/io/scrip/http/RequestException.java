package io.scrip.http;

import java.util.Optional;

/** A request that cannot be read as what was asked for. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;
  private final transient Optional<String> field;

  RequestException(ProblemType type, String detail) {
    this(type, detail, Optional.empty());
  }

  RequestException(ProblemType type, String detail, String field) {
    this(type, detail, Optional.of(field));
  }

  private RequestException(ProblemType type, String detail, Optional<String> field) {
    super(detail, null, false, false);
    this.type = type;
    this.detail = detail;
    this.field = field;
  }

  Problem problem() {
    return Problem.of(type, detail, field);
  }
}
