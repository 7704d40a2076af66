package io.scrip.gateway;

/** The credentials could not be brought in line. Messages are one line and hold no secret. */
public abstract sealed class GatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  GatewayException(String message) {
    super(message);
  }

  /** The tenant is away, or what it publishes has not one key to take: nothing was changed. */
  public static final class KeysUnusable extends GatewayException {
    private static final long serialVersionUID = 1L;

    public KeysUnusable(String message) {
      super(message);
    }
  }

  /** The credentials cannot be read or written; what was written before stays. */
  public static final class StoreUnusable extends GatewayException {
    private static final long serialVersionUID = 1L;

    public StoreUnusable(String message) {
      super(message);
    }
  }

  /** Somebody else has changed a credential since we read it: read again, decide again. */
  public static final class Conflict extends GatewayException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }
}
