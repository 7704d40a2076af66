package io.scrip.journal;

/** The journal did not take, or could not keep, an entry. */
public abstract sealed class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  JournalException(String message) {
    super(message);
  }

  /** As many entries wait as may: come back in a moment. Nothing has happened. */
  public static final class Overloaded extends JournalException {
    private static final long serialVersionUID = 1L;

    Overloaded() {
      super("the journal is full");
    }
  }

  /** The service is stopping. Nothing has happened. */
  public static final class Closed extends JournalException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("the journal is closed");
    }
  }

  /** The store refused or was away. Nothing has happened. */
  public static final class NotWritten extends JournalException {
    private static final long serialVersionUID = 1L;

    NotWritten(Throwable cause) {
      super("the journal could not be written", cause);
    }
  }

  /** The connection broke while committing: it may or may not have happened. */
  public static final class OutcomeUnknown extends JournalException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(Throwable cause) {
      super("the connection broke while committing", cause);
    }
  }
}
