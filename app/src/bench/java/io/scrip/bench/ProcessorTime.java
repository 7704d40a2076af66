package io.scrip.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Processor time that service and database have used until now, in nanoseconds. */
record ProcessorTime(long serviceNanos, long databaseNanos) {
  static ProcessorTime now(Service service, Optional<Postgres> database) {
    return new ProcessorTime(
        used(service.pid()), database.map(Postgres::pid).map(ProcessorTime::used).orElse(0L));
  }

  /** Of the process and all that it has started; those that have ended are not in it. */
  private static long used(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
        .flatMap(handle -> handle.info().totalCpuDuration().stream())
        .mapToLong(Duration::toNanos)
        .sum();
  }
}
