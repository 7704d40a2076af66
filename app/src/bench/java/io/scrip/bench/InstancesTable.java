package io.scrip.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Several instances on one database, the same 64 clients spread over them. On one machine they
 * share its cores.
 */
final class InstancesTable implements Table {
  private static final int CLIENTS = 64;
  private static final List<Integer> COUNTS = List.of(1, 2, 4);

  @Override
  public void measure(Bed bed) {
    Path tokens = bed.loader().tokens();
    List<Service> instances = new ArrayList<>(List.of(bed.service()));
    List<Service> more = new ArrayList<>();
    try {
      while (instances.size() < COUNTS.getLast()) {
        Service other = bed.other(bed.setup().trusting(bed.service()));
        more.add(other);
        instances.add(other);
      }
      for (Call call : List.of(Call.DETOKENIZE, Call.TOKENIZE)) {
        instances.forEach(one -> bed.peak(one, call, CLIENTS, tokens, bed.scale().warmUp()));
        measure(bed, instances, call, tokens);
      }
    } finally {
      more.forEach(Service::close);
    }
  }

  private static void measure(Bed bed, List<Service> instances, Call call, Path tokens) {
    Rounds rounds = new Rounds(bed::settle);
    for (int count : COUNTS) {
      rounds.measure("" + count, () -> together(bed, instances.subList(0, count), call, tokens));
    }
    rounds.run(bed.scale().rounds());
    for (int count : COUNTS) {
      Row row =
          Row.of(
              "instances.%s.%d".formatted(call.word(), count),
              "%s, %d instance%s".formatted(call.word(), count, count == 1 ? "" : "s"),
              "/s",
              rounds.of("" + count));
      bed.report().add(count == 1 ? row : row.against("one instance", rounds.of("1")));
    }
  }

  private static Sample together(Bed bed, List<Service> instances, Call call, Path tokens) {
    List<Program> loads = new ArrayList<>();
    for (Service instance : instances) {
      int connections = CLIENTS / instances.size();
      loads.add(
          bed.wrk().start(bed.load(instance, call, connections, tokens, bed.scale().window())));
    }
    List<Sample> samples = loads.stream().map(load -> bed.wrk().sample(load, call.size())).toList();
    instances.forEach(Service::settle);
    return new Sample(
        samples.stream().mapToDouble(Sample::value).sum(),
        samples.getFirst().latency(),
        samples.stream().flatMap(sample -> sample.failures().stream()).toList());
  }
}
