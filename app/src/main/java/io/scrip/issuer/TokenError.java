package io.scrip.issuer;

/** No token: the status, the error and the words that Auth0 would answer with. */
final class TokenError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final String description;

  private TokenError(int status, String error, String description) {
    super(error);
    this.status = status;
    this.error = error;
    this.description = description;
  }

  static TokenError invalidRequest(String description) {
    return new TokenError(400, "invalid_request", description);
  }

  static TokenError unsupportedGrantType(String grantType) {
    return new TokenError(403, "unsupported_grant_type", "Unsupported grant type: " + grantType);
  }

  static TokenError unauthorized() {
    return new TokenError(401, "access_denied", "Unauthorized");
  }

  static TokenError unknownAudience(String audience) {
    return new TokenError(403, "access_denied", "Service not enabled within domain: " + audience);
  }

  static TokenError scopesNotGranted(String scopes) {
    return new TokenError(403, "access_denied", "Client has not been granted scopes: " + scopes);
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String description() {
    return description;
  }
}
