package io.scrip.format;

/** Data or options that a format refuses. Messages never repeat the data. */
public abstract sealed class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FormatException(String message) {
    super(message);
  }

  /** The data has not the shape that the format keeps. */
  public static final class DataDoesNotFit extends FormatException {
    private static final long serialVersionUID = 1L;

    public DataDoesNotFit(String message) {
      super(message);
    }
  }

  /** A template's option is unknown or out of bounds. */
  public static final class BadOption extends FormatException {
    private static final long serialVersionUID = 1L;

    private final String option;

    public BadOption(String option, String message) {
      super(message);
      this.option = option;
    }

    public String option() {
      return option;
    }
  }
}
