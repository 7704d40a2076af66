package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The newcomer's default: H2 in a file, each commit synced, on the disk as it is and on a slower
 * one; against pgbench, as PostgreSQL is.
 */
final class H2Table implements Table {
  private static final int CLIENTS = 64;

  private static final Duration SLOWED_BY = Duration.ofMillis(1);

  /** Its file grows with every commit: enough to look up, and no more. */
  private static final int MOST_STORED = 100_000;

  @Override
  public void measure(Bed bed) {
    measure(bed, "h2", "H2");
    if (!bed.scale().isQuick()) {
      bed.slowed(SLOWED_BY, () -> measure(bed, "h2-slow", "H2, syncs slowed by 1 ms"));
    }
  }

  private static void measure(Bed bed, String id, String what) {
    Pgbench pgbench = bed.pgbench();
    bed.report().say("starting the service on %s", what);
    Path data = bed.work().resolve("data-" + id);
    try (Service service =
        bed.other(bed.setup(data, Optional.empty()).with(bed.disk().environment()))) {
      int stored = Math.min(MOST_STORED, bed.scale().stored());
      Loader loader = new Loader(service, bed.work().resolve("tokens-" + id), stored);
      loader.fill(stored);
      List<Call> calls = bed.scale().isQuick() ? List.of(Call.TOKENIZE) : List.of(Call.values());
      Rounds rounds = rounds(bed, service, pgbench, calls, loader.tokens());
      rounds.run(bed.scale().rounds());
      for (Call call : calls) {
        Row row =
            Row.of(
                    id + "." + call.word(),
                    "%s, %s, %d clients".formatted(what, call.word(), CLIENTS),
                    "values/s",
                    rounds.of(call.word()))
                .against("pgbench, %d".formatted(CLIENTS), rounds.of(base(call)));
        boolean asked = call == Call.TOKENIZE && id.equals("h2");
        bed.report().add(asked ? row.reach(Reach.valueAtLeast(10_000)) : row);
      }
    }
  }

  private static Rounds rounds(
      Bed bed, Service service, Pgbench pgbench, List<Call> calls, Path tokens) {
    Duration window = bed.scale().window();
    Rounds rounds =
        new Rounds(
            () -> {
              service.settle();
              bed.settle();
            });
    for (Call call : calls) {
      bed.warmUp(service, call, CLIENTS, tokens);
      rounds.measure(base(call), () -> pgbench.peak(call.single().word(), CLIENTS, window));
      rounds.measure(call.word(), () -> bed.peak(service, call, CLIENTS, tokens, window));
    }
    return rounds;
  }

  private static String base(Call call) {
    return "pgbench." + call.single().word();
  }
}
