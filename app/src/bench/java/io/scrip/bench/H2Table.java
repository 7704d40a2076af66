package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The newcomer's default: H2 in a file, each commit synced, on the disk as it is and on a slower
 * one.
 */
final class H2Table implements Table {
  private static final int CLIENTS = 64;

  private static final Duration SLOWED_BY = Duration.ofMillis(1);

  /** Its file grows with every commit: enough to look up, and no more. */
  private static final int MOST_STORED = 100_000;

  @Override
  public void measure(Bed bed) {
    measure(bed, "h2", "H2", Map.of());
    if (!bed.scale().isQuick()) {
      measure(bed, "h2-slow", "H2, syncs slowed by 1 ms", bed.disk().slowedBy(SLOWED_BY));
    }
  }

  private static void measure(Bed bed, String id, String what, Map<String, String> environment) {
    bed.report().say("starting the service on %s", what);
    Path data = bed.work().resolve("data-" + id);
    try (Service service = bed.other(bed.setup(data, Optional.empty()).with(environment))) {
      int stored = Math.min(MOST_STORED, bed.scale().stored());
      Loader loader = new Loader(service, bed.work().resolve("tokens-" + id), stored);
      loader.fill(stored);
      Rounds rounds = new Rounds(service::settle);
      for (Call call : Call.values()) {
        bed.peak(service, call, CLIENTS, loader.tokens(), bed.scale().warmUp());
        rounds.measure(
            call.word(),
            () -> bed.peak(service, call, CLIENTS, loader.tokens(), bed.scale().window()));
      }
      rounds.run(bed.scale().rounds());
      for (Call call : Call.values()) {
        Row row =
            Row.of(
                id + "." + call.word(),
                "%s, %s, %d clients".formatted(what, call.word(), CLIENTS),
                "values/s",
                rounds.of(call.word()));
        boolean asked = call == Call.TOKENIZE && environment.isEmpty();
        bed.report().add(asked ? row.reach(Reach.atLeast(10_000)) : row);
      }
    }
  }
}
