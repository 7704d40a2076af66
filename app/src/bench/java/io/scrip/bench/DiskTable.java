package io.scrip.bench;

import java.time.Duration;

/**
 * What the disk takes to make one page durable, as it is and slowed down: the price that every
 * commit pays.
 */
final class DiskTable implements Table {
  private static final Duration SLOWED_BY = Duration.ofMillis(1);

  @Override
  public void measure(Bed bed) {
    Postgres postgres = bed.postgres();
    Rounds rounds = new Rounds(bed::settle);
    rounds.measure("plain", () -> bed.disk().sync(postgres));
    rounds.measure("slow", () -> bed.slowed(SLOWED_BY, () -> bed.disk().sync(postgres)));
    rounds.run(bed.scale().rounds() / 2);
    bed.report().add(Row.of("disk.sync", "fdatasync of a page", "ms", rounds.of("plain")));
    bed.report().add(Row.of("disk.slow", "the same, slowed by 1 ms", "ms", rounds.of("slow")));
  }
}
