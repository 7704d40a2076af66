package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a lookup costs in a large store, against the same in a small one: two services on two
 * databases of one server, asked in turn. The cost is the inverse of the throughput at 64 clients.
 */
final class GrowthTable implements Table {
  private static final int CLIENTS = 64;

  @Override
  public void measure(Bed bed) {
    List<Integer> sizes = bed.scale().growth();
    bed.postgres().create("small");
    bed.postgres().create("large");
    try (Service small = bed.other(bed.setup("small"));
        Service large = bed.other(bed.setup("large"))) {
      Loader few = new Loader(small, bed.work().resolve("tokens-small"), sizes.getFirst());
      Loader many = new Loader(large, bed.work().resolve("tokens-large"), sizes.getLast());
      few.fill(sizes.getFirst());
      for (int size : sizes) {
        bed.report().say("growth: to %,d tokens", size);
        double perSecond = many.fill(size);
        bed.report().say("stored %s tokens a second", Figure.number(perSecond));
        bed.report().add(lookup(bed, small, few.tokens(), large, many.tokens(), size));
      }
    }
  }

  private static Row lookup(Bed bed, Service small, Path few, Service large, Path many, int size) {
    bed.postgres().sql("large", "vacuum analyze scrip.tokens");
    lookups(bed, small, few, bed.scale().warmUp());
    lookups(bed, large, many, bed.scale().warmUp());
    Rounds rounds = new Rounds(bed::settle);
    rounds.measure("small", () -> cost(lookups(bed, small, few, bed.scale().window())));
    rounds.measure("large", () -> cost(lookups(bed, large, many, bed.scale().window())));
    rounds.run(bed.scale().rounds());
    return Row.of(
            "growth." + size,
            "a lookup, %,d tokens stored".formatted(size),
            "µs",
            rounds.of("large"))
        .against("%,d stored".formatted(bed.scale().growth().getFirst()), rounds.of("small"))
        .reach(Reach.atMost(1.3));
  }

  private static Sample lookups(Bed bed, Service service, Path tokens, Duration window) {
    return bed.peak(service, Call.DETOKENIZE, CLIENTS, tokens, window);
  }

  /** Microseconds of the whole machine that one call takes. */
  private static Sample cost(Sample throughput) {
    return new Sample(1e6 / throughput.value(), throughput.latency(), throughput.failures());
  }
}
