package io.scrip.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * What the steps of a call cost on one thread, by JMH. Its classes are found by their names: {@code
 * …Benchmark}.
 */
final class MicroTable implements Table {
  private static final String ALL = "io\\.scrip\\..*Benchmark\\..*";

  private static final String NAME = ".*\\.(\\w+)Benchmark\\..*";

  /** JMH looks into the JDK in a way that it warns of. */
  private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  @Override
  public void measure(Bed bed) {
    bed.report().say("micro: JMH");
    results(bed).forEach(result -> bed.report().add(row(result)));
  }

  private static Row row(RunResult result) {
    String name = result.getPrimaryResult().getLabel();
    String subject = result.getParams().getBenchmark().replaceAll(NAME, "$1");
    Statistics ns = result.getPrimaryResult().getStatistics();
    Figure figure = new Figure(List.of(ns.getMin(), ns.getPercentile(50), ns.getMax()));
    return Row.of(
        "micro.%s.%s".formatted(subject, name),
        spoken(subject) + ", " + spoken(name),
        "ns",
        new Measured(Optional.of(figure), List.of()));
  }

  /** {@code TokenCheck}: token check. */
  private static String spoken(String name) {
    return name.replaceAll("(?<=.)([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static Collection<RunResult> results(Bed bed) {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(ALL)
                  .mode(Mode.AverageTime)
                  .timeUnit(TimeUnit.NANOSECONDS)
                  .forks(1)
                  .warmupIterations(2)
                  .warmupTime(TimeValue.seconds(1))
                  .measurementIterations(bed.scale().rounds())
                  .measurementTime(TimeValue.seconds(1))
                  .jvmArgs("-Xmx512m", UNSAFE)
                  .output(bed.log("jmh").toString())
                  .shouldFailOnError(true)
                  .build())
          .run();
    } catch (RunnerException failure) {
      throw new BenchException("JMH failed, see app/target/bench/jmh.log", failure);
    }
  }
}
