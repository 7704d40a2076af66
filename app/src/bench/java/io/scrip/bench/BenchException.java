package io.scrip.bench;

/** The run cannot go on; the message says why, with the tail of a log where there is one. */
final class BenchException extends RuntimeException {
  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
