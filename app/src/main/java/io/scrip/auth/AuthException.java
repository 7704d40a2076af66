package io.scrip.auth;

/** A bearer token was not accepted. Messages name the rule, never the token or a claim's value. */
public abstract sealed class AuthException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuthException(String message) {
    super(message);
  }

  /** Malformed, forged, expired, or meant for someone else: 401. */
  public static final class InvalidToken extends AuthException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a short code for the metric, one of a fixed few: {@code missing}, {@code
     *     expired}, {@code not-yet-valid}, {@code audience}, {@code issuer}, {@code signature},
     *     {@code algorithm}, {@code type}, {@code malformed}, {@code too-large}, {@code
     *     unknown-key}, {@code subject}, {@code id-token}
     */
    public InvalidToken(String reason, String message) {
      super(message);
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }

  /** The issuer's keys were never fetched, or too long ago: 503. */
  public static final class KeysUnavailable extends AuthException {
    private static final long serialVersionUID = 1L;

    public KeysUnavailable(String message) {
      super(message);
    }
  }
}
