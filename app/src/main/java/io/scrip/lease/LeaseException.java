package io.scrip.lease;

/** A time to live that is too short or too long; the message says what the bounds are. */
public final class LeaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseException(String message) {
    super(message);
  }
}
