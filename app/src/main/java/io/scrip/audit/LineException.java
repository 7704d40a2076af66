package io.scrip.audit;

/**
 * A line is not one that an export writes. The message is ours alone: it repeats nothing of the
 * line.
 */
final class LineException extends Exception {
  private static final long serialVersionUID = 1L;

  LineException(String message) {
    super(message);
  }
}
