package io.scrip.bench;

import io.scrip.bench.Row.Reach;

/**
 * From the start of the process to the first 200 of its readiness, on a database that is up to
 * date: without the AOT cache that app/bin/aot-cache made, against the bare server, and with it.
 */
final class StartTable implements Table {
  @Override
  public void measure(Bed bed) {
    Service.Setup shipped = bed.setup().trusting(bed.service());
    Rounds rounds = new Rounds(bed::settle);
    rounds.measure("bare", () -> startBare(bed));
    rounds.measure("plain", () -> start(shipped.jvm("-XX:AOTMode=off")));
    rounds.measure("aot", () -> start(shipped));
    rounds.run(bed.scale().starts());
    Report report = bed.report();
    report.add(
        Row.of("start.plain", "start until first 200, without AOT cache", "s", rounds.of("plain"))
            .against("the bare server", rounds.of("bare"))
            .reach(Reach.valueAtMost(2.5)));
    report.add(
        Row.of("start.aot", "with the JDK's AOT cache", "s", rounds.of("aot"))
            .against("without", rounds.of("plain"))
            .reach(Reach.valueAtMost(1)));
  }

  private static Sample startBare(Bed bed) {
    long begin = System.nanoTime();
    try (Bed.Echo _ = bed.echo()) {
      return secondsSince(begin);
    }
  }

  private static Sample start(Service.Setup setup) {
    long begin = System.nanoTime();
    try (Service _ = Service.start(setup)) {
      return secondsSince(begin);
    }
  }

  private static Sample secondsSince(long begin) {
    return Sample.of((System.nanoTime() - begin) / 1e9);
  }
}
