package io.scrip.bench;

import io.scrip.bench.Row.Reach;

/**
 * From the start of the process to the first 200 of its readiness, on a database that is up to
 * date: with the AOT cache that app/bin/aot-cache made, and without.
 */
final class StartTable implements Table {
  @Override
  public void measure(Bed bed) {
    Service.Setup shipped = bed.setup().trusting(bed.service());
    Rounds rounds = new Rounds(bed::settle);
    rounds.measure("plain", () -> start(shipped.jvm("-XX:AOTMode=off")));
    rounds.measure("aot", () -> start(shipped));
    rounds.run(bed.scale().starts());
    Report report = bed.report();
    report.add(
        Row.of("start.plain", "start until first 200, without AOT cache", "s", rounds.of("plain"))
            .reach(Reach.atMost(2.5)));
    report.add(
        Row.of("start.aot", "with the JDK's AOT cache", "s", rounds.of("aot"))
            .reach(Reach.atMost(1)));
  }

  private static Sample start(Service.Setup setup) {
    long begin = System.nanoTime();
    try (Service service = Service.begin(setup)) {
      service.awaitReady();
      return Sample.of((System.nanoTime() - begin) / 1e9);
    }
  }
}
