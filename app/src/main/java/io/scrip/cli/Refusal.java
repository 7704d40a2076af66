package io.scrip.cli;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import io.scrip.crypto.CryptoException;
import io.scrip.identity.StartRefused;
import java.net.BindException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells why the program does not start: one line where it was foreseen. */
final class Refusal {
  /** {@code EX_CONFIG} of BSD's {@code sysexits.h}. */
  static final int CONFIGURATION = 78;

  private static final int FAILED = 70;

  private Refusal() {}

  static int report(Throwable failure) {
    Optional<String> foreseen =
        causes(failure).map(Refusal::sentence).flatMap(Optional::stream).findFirst();
    if (foreseen.isPresent()) {
      System.err.println("Scrip does not start. " + foreseen.get());
      return CONFIGURATION;
    }
    failure.printStackTrace(System.err);
    return FAILED;
  }

  private static Optional<String> sentence(Throwable cause) {
    return switch (cause) {
      case StartRefused refused -> Optional.ofNullable(refused.getMessage());
      case ConversionErrorException unreadable -> Optional.of(unreadable(unreadable.getArgument()));
      case CryptoException.KeyServiceUnavailable away ->
          Optional.of("scrip.keys.custody: keys cannot be unwrapped now: " + away.getMessage());
      case BindException _ ->
          Optional.of(
              "micronaut.server.port, endpoints.all.port: one of them is in use, or not for this process to take");
      default -> Optional.empty();
    };
  }

  /** Without the value, which may be a secret that stands under the wrong key. */
  private static String unreadable(Argument<?> setting) {
    String key = NameUtils.hyphenate(setting.getName());
    return key
        + ": the value of this setting cannot be read as "
        + setting.getType().getSimpleName();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
