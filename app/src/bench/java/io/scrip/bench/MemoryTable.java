package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory of a fresh service under full load, tokenize and detokenize together: what the process
 * holds, and what is left of its heap after a full collection. Growth is the last third against the
 * first, the warm-up apart.
 */
final class MemoryTable implements Table {
  private static final int CLIENTS = 32;
  private static final int LOOKS = 12;
  private static final int WARM_UP_LOOKS = 3;

  @Override
  public void measure(Bed bed) {
    Path tokens = bed.loader().tokens();
    Duration between = bed.scale().memory().dividedBy(LOOKS);
    bed.report().say("memory: full load for %s", bed.scale().memory());
    List<Double> rss = new ArrayList<>();
    List<Double> heap = new ArrayList<>();
    List<Sample> loads = new ArrayList<>();
    try (Service service = bed.other(bed.setup().trusting(bed.service()))) {
      for (int look = 0; look < LOOKS; look++) {
        Program reveal = start(bed, service, Call.DETOKENIZE, tokens, between);
        Program make = start(bed, service, Call.TOKENIZE, tokens, between);
        loads.add(bed.wrk().sample(reveal, 1));
        loads.add(bed.wrk().sample(make, 1));
        rss.add(service.rss());
        heap.add(service.heap());
      }
    }
    Measured load = Measured.of(loads);
    String last = "last third of %,d s".formatted(bed.scale().memory().toSeconds());
    report(bed.report(), "memory.rss", "resident, MiB, " + last, rss, load);
    report(bed.report(), "memory.heap", "heap after a full collection, MiB, " + last, heap, load);
  }

  private static Program start(Bed bed, Service service, Call call, Path tokens, Duration window) {
    return bed.wrk().start(bed.load(service, call, CLIENTS, tokens, window));
  }

  private static void report(
      Report report, String id, String what, List<Double> looks, Measured load) {
    List<Double> warm = looks.subList(WARM_UP_LOOKS, looks.size());
    int third = warm.size() / 3;
    Measured first = figure(warm.subList(0, third), load);
    Measured last = figure(warm.subList(warm.size() - third, warm.size()), load);
    report.add(
        Row.of(id, what, "MiB", last).against("first third", first).reach(Reach.atMost(1.1)));
  }

  private static Measured figure(List<Double> values, Measured load) {
    return new Measured(Optional.of(new Figure(values)), load.failures());
  }
}
