package io.scrip.auth;

/**
 * Every way in which a token can be wrong, with the words for it. None of them repeats what the
 * token says.
 */
enum Refusal {
  TOO_LARGE("too-large", "The token is longer than this service reads."),
  MALFORMED(
      "malformed", "The token is not a signed JWT in compact form, or a claim has the wrong type."),
  ISSUER("issuer", "The token's issuer is not trusted here."),
  ALGORITHM("algorithm", "The token's algorithm is not allowed for its issuer."),
  TYPE("type", "The token's type is not that of an access token."),
  UNKNOWN_KEY("unknown-key", "The token names no key that its issuer publishes."),
  SIGNATURE("signature", "The token's signature does not verify."),
  EXPIRED("expired", "The token has expired."),
  NOT_YET_VALID("not-yet-valid", "The token is not valid yet."),
  AUDIENCE("audience", "The token is meant for another audience."),
  ID_TOKEN("id-token", "The token is an ID token, not an access token."),
  SUBJECT("subject", "The token names no subject.");

  private final String code;
  private final String message;

  Refusal(String code, String message) {
    this.code = code;
    this.message = message;
  }

  AuthException.InvalidToken because() {
    return new AuthException.InvalidToken(code, message);
  }
}
