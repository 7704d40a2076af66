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
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the steps of a call cost on one thread, by JMH. Its classes are found by their names: {@code …Benchmark}. */
final class MicroTable implements Table {
  private static final String ALL = "io\\.scrip\\..*Benchmark\\..*";

  @Override
  public void measure(Bed bed) {
    bed.report().say("micro: JMH");
    for (RunResult result : results(bed.scale().rounds())) {
      String name = result.getPrimaryResult().getLabel();
      var statistics = result.getPrimaryResult().getStatistics();
      String group = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+)Benchmark\\..*", "$1");
      bed.report()
          .add(
              new Row(
                  "micro." + name,
                  group.toLowerCase(Locale.ROOT) + ": " + name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT),
                  "ns",
                  Optional.of(
                      new Figure(
                          List.of(
                              statistics.getMin(), statistics.getPercentile(50), statistics.getMax()))),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of()));
    }
  }

  private static Collection<RunResult> results(int iterations) {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(ALL)
                  .mode(Mode.AverageTime)
                  .timeUnit(TimeUnit.NANOSECONDS)
                  .forks(1)
                  .warmupIterations(2)
                  .warmupTime(TimeValue.seconds(1))
                  .measurementIterations(iterations)
                  .measurementTime(TimeValue.seconds(1))
                  .verbosity(VerboseMode.SILENT)
                  .shouldFailOnError(true)
                  .build())
          .run();
    } catch (RunnerException failure) {
      throw new BenchException("JMH failed", failure);
    }
  }
}
