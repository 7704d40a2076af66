package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * From the start of the process to the first 200 of its readiness, on a database that is up to
 * date: as shipped, without an AOT cache of the JDK, and with one made here from one such start and
 * a call.
 */
final class StartTable implements Table {
  @Override
  public void measure(Bed bed) {
    Service issuer = bed.service();
    Service.Setup shipped = bed.setup().trusting(issuer);
    Path cache = bed.work().resolve("scrip.aot");
    train(bed, shipped.jvm("-XX:AOTCacheOutput=" + cache));
    Rounds rounds = new Rounds(bed::settle);
    rounds.measure("shipped", () -> start(shipped));
    rounds.measure("without", () -> start(shipped.jvm("-XX:AOTMode=off")));
    if (Files.exists(cache)) {
      rounds.measure("cache", () -> start(shipped.jvm("-XX:AOTCache=" + cache)));
    }
    rounds.run(bed.scale().starts());
    Report report = bed.report();
    report.add(
        Row.of(
            "start.shipped",
            "start until first 200, app/bin/scrip as it is",
            "s",
            rounds.of("shipped")));
    report.add(
        Row.of("start.plain", "without AOT cache", "s", rounds.of("without"))
            .reach(Reach.atMost(2.5)));
    report.add(
        Files.exists(cache)
            ? Row.of("start.aot", "with the JDK's AOT cache", "s", rounds.of("cache"))
                .reach(Reach.atMost(1))
            : Row.absent("start.aot", "with the JDK's AOT cache", "the JDK made none"));
  }

  /** The JDK writes the cache when the program ends. */
  private static void train(Bed bed, Service.Setup setup) {
    bed.report().say("start: making an AOT cache");
    try (Service service = Service.start(setup)) {
      service.post("/v1/tokenize", bed.service().bearer(), "{\"data\":\"4242424242424242\"}");
    }
  }

  private static Sample start(Service.Setup setup) {
    long begin = System.nanoTime();
    try (Service service = Service.begin(setup)) {
      service.awaitReady();
      return Sample.of((System.nanoTime() - begin) / 1e9);
    }
  }
}
