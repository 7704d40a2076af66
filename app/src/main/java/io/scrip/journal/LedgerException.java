package io.scrip.journal;

/** A group could not be committed. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean outcomeUnknown;

  public LedgerException(String message, boolean outcomeUnknown, Throwable cause) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * The connection broke while committing: the group may or may not have taken effect, so it must
   * not be retried.
   */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
