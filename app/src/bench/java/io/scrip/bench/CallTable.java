package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tokenize or detokenize over HTTP, token checked and audit on, against pgbench doing the same
 * work: at its peak, and at half of it for the latency.
 */
final class CallTable implements Table {
  private static final int CLIENTS = 64;

  /** Beside thousands a second they are no load, and enough of them for a 99th percentile. */
  private static final int PROBES_PER_SECOND = 200;

  private final String id;
  private final Call single;
  private final Call batch;
  private final Duration slowedBy;
  private final List<Integer> clients;

  private CallTable(String id, Call single, Call batch, Duration slowedBy, List<Integer> clients) {
    this.id = id;
    this.single = single;
    this.batch = batch;
    this.slowedBy = slowedBy;
    this.clients = clients;
  }

  static Table tokenize() {
    return new CallTable(
        "tokenize", Call.TOKENIZE, Call.TOKENIZE_BATCH, Duration.ZERO, List.of(CLIENTS, 16, 1));
  }

  static Table detokenize() {
    return new CallTable(
        "detokenize",
        Call.DETOKENIZE,
        Call.DETOKENIZE_BATCH,
        Duration.ZERO,
        List.of(CLIENTS, 16, 1));
  }

  /** Both once more, as on a cloud's disk. Detokenize first: tokenize makes the store grow. */
  static Table slowed() {
    Duration pause = Duration.ofMillis(1);
    Table detokenize =
        new CallTable(
            "slow.detokenize", Call.DETOKENIZE, Call.DETOKENIZE_BATCH, pause, List.of(CLIENTS));
    Table tokenize =
        new CallTable("slow.tokenize", Call.TOKENIZE, Call.TOKENIZE_BATCH, pause, List.of(CLIENTS));
    return bed -> {
      if (!bed.scale().isQuick()) { // which stores little, and has no time to warm another up
        bed.startOver();
      }
      detokenize.measure(bed);
      tokenize.measure(bed);
    };
  }

  @Override
  public void measure(Bed bed) {
    bed.slowed(slowedBy, () -> measureSo(bed));
  }

  private void measureSo(Bed bed) {
    List<Integer> counts = bed.scale().isQuick() ? List.of(CLIENTS) : clients;
    Path tokens = bed.loader().tokens();
    Pgbench pgbench = bed.pgbench();
    Service service = bed.service();
    warmUp(bed, service, tokens);
    bed.report().say("%s: %d rounds", id, bed.scale().rounds());
    Rounds rounds = rounds(bed, service, pgbench, tokens, counts).run(bed.scale().rounds());
    for (int count : counts) {
      bed.report().add(row(rounds, count));
    }
    bed.report().add(batchRow(rounds));
    if (bed.scale().isQuick() && !isHeldToLatency()) {
      return;
    }
    rounds
        .of(peak(CLIENTS))
        .figure()
        .ifPresent(
            figure -> bed.report().add(paced(bed, service, pgbench, tokens, figure.median() / 2)));
  }

  /** A quick run warms all calls up for the first of them: they share most of their code. */
  private void warmUp(Bed bed, Service service, Path tokens) {
    bed.report().say("%s: warming up", id);
    for (Call call : bed.scale().isQuick() ? List.of(Call.values()) : List.of(single, batch)) {
      bed.warmUp(service, call, CLIENTS, tokens);
    }
  }

  private Rounds rounds(
      Bed bed, Service service, Pgbench pgbench, Path tokens, List<Integer> counts) {
    Duration window = bed.scale().window();
    Rounds rounds = new Rounds(bed::settle);
    for (int count : counts) {
      rounds.measure(base(count), () -> pgbench.peak(single.word(), count, window));
      rounds.measure(peak(count), () -> bed.peak(service, single, count, tokens, window));
    }
    return rounds.measure("batch", () -> bed.peak(service, batch, CLIENTS, tokens, window));
  }

  private Row row(Rounds rounds, int clients) {
    Row row =
        Row.of(
                id + "." + clients,
                "%s, one value a call, %d client%s"
                    .formatted(single.word(), clients, clients == 1 ? "" : "s"),
                "/s",
                rounds.of(peak(clients)))
            .against("pgbench, %d".formatted(clients), rounds.of(base(clients)));
    return clients == CLIENTS ? row.reach(Reach.atLeast(3)) : row;
  }

  private Row batchRow(Rounds rounds) {
    Row row =
        Row.of(
                id + ".batch",
                "%s, batches of %d, %d clients".formatted(single.word(), batch.size(), CLIENTS),
                "values/s",
                rounds.of("batch"))
            .against("pgbench, %d".formatted(CLIENTS), rounds.of(base(CLIENTS)));
    return row.reach(Reach.atLeast(slowedBy.isZero() ? 10 : 3));
  }

  private Row paced(Bed bed, Service service, Pgbench pgbench, Path tokens, double perSecond) {
    bed.report().say("%s: latency at %s calls a second", id, Figure.number(perSecond));
    List<Sample> calls = new ArrayList<>();
    List<Sample> commits = new ArrayList<>();
    for (int round = 0; round < Math.max(1, bed.scale().rounds() / 2); round++) {
      bed.settle();
      Program load = bed.paced(service, single, perSecond, tokens);
      Pgbench.Probe probe = pgbench.probe(PROBES_PER_SECOND, bed.scale().paced());
      calls.add(Paced.sample(load));
      Latency commit = probe.latency();
      commits.add(new Sample(commit.p99(), commit, List.of()));
      service.requireAlive();
    }
    Row row =
        Row.of(
                id + ".p99",
                "%s p99 at half of the peak, %s/s"
                    .formatted(single.word(), Figure.number(perSecond)),
                "ms",
                Measured.of(calls))
            .against("a commit's p99 at that load", Measured.of(commits))
            .latency(middle(calls));
    return isHeldToLatency() ? row.reach(Reach.atMost(3)) : row;
  }

  private boolean isHeldToLatency() {
    return single == Call.DETOKENIZE && slowedBy.isZero();
  }

  /** Of the round whose p99 is the median. */
  private static Latency middle(List<Sample> samples) {
    List<Sample> sorted =
        samples.stream().sorted(Comparator.comparingDouble(Sample::value)).toList();
    return sorted.get(sorted.size() / 2).latency();
  }

  private static String base(int clients) {
    return "pgbench." + clients;
  }

  private static String peak(int clients) {
    return "peak." + clients;
  }
}
