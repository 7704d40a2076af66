package io.scrip.crypto;

/**
 * What can go wrong with keys and envelopes. No message of this family ever holds key bytes or a
 * value.
 */
public abstract sealed class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CryptoException(String message) {
    super(message);
  }

  CryptoException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * An envelope does not open: changed, moved, cut, or of another key. Which of these it was is
   * nobody's business.
   */
  public static final class WillNotOpen extends CryptoException {
    private static final long serialVersionUID = 1L;

    /** With the one message that every cause shares. */
    public WillNotOpen() {
      this("the envelope does not open");
    }

    public WillNotOpen(String message) {
      super(message);
    }
  }

  /** The service that holds the root, or the table of wrapped keys, did not answer in time. */
  public static final class KeyServiceUnavailable extends CryptoException {
    private static final long serialVersionUID = 1L;

    public KeyServiceUnavailable(String message) {
      super(message);
    }

    public KeyServiceUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
