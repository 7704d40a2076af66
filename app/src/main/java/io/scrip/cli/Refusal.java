package io.scrip.cli;

import io.scrip.identity.StartRefused;
import java.util.Optional;

/** Tells why the program does not start: one line where it was foreseen. */
final class Refusal {
  /** {@code EX_CONFIG} of BSD's {@code sysexits.h}. */
  static final int CONFIGURATION = 78;

  private static final int FAILED = 70;

  private Refusal() {}

  static int report(Throwable failure) {
    Optional<StartRefused> refused = find(failure);
    if (refused.isPresent()) {
      System.err.println("Scrip does not start. " + refused.get().getMessage());
      return CONFIGURATION;
    }
    failure.printStackTrace(System.err);
    return FAILED;
  }

  private static Optional<StartRefused> find(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }
}
