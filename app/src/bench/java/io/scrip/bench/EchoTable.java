package io.scrip.bench;

import io.scrip.bench.Row.Reach;
import java.time.Duration;
import java.util.List;

/**
 * The server's ceiling: giving back the same JSON with nothing checked, and with the service's
 * token check; encrypt, which stores nothing, against it.
 */
final class EchoTable implements Table {
  private static final int CLIENTS = 64;
  private static final String BARE = "/echo";
  private static final String CHECKED = "/jwt/echo";
  private static final String CHECKED_ANEW = "/jwt-each/echo";
  private static final List<String> ALL = List.of(BARE, CHECKED, CHECKED_ANEW);
  private static final String ENCRYPT = "/v1/encrypt";

  @Override
  public void measure(Bed bed) {
    Service service = bed.service();
    try (Bed.Echo echo = bed.echo()) {
      Duration warmUp = bed.scale().warmUp();
      Duration window = bed.scale().window();
      Rounds rounds = new Rounds(echo.program()::requireAlive);
      for (String path : bed.scale().isQuick() ? List.of(BARE, CHECKED) : ALL) {
        load(bed, echo.url(), path, warmUp);
        rounds.measure(path, () -> load(bed, echo.url(), path, window));
      }
      encrypt(bed, service, warmUp);
      rounds.measure(ENCRYPT, () -> encrypt(bed, service, window));
      report(bed, rounds.run(bed.scale().rounds()));
    }
  }

  private static void report(Bed bed, Rounds rounds) {
    Report report = bed.report();
    Measured bare = rounds.of(BARE);
    report.add(Row.of("echo.bare", "the bare server, nothing checked", "/s", bare));
    report.add(
        Row.of("echo.jwt", "with the service's token check", "/s", rounds.of(CHECKED))
            .against("the bare server", bare));
    if (!bed.scale().isQuick()) {
      report.add(
          Row.of("echo.jwt-each", "the same, nothing remembered", "/s", rounds.of(CHECKED_ANEW))
              .against("the bare server", bare));
    }
    report.add(
        Row.of("encrypt.64", "encrypt, 64 clients", "/s", rounds.of(ENCRYPT))
            .against("the bare server", bare)
            .reach(Reach.atLeast(0.7)));
  }

  private static Sample encrypt(Bed bed, Service service, Duration window) {
    List<String> call = List.of("echo", ENCRYPT);
    var load = new Wrk.Load(service.url(), service.bearer(), CLIENTS, window, call);
    return bed.peak(service, load, 1);
  }

  private static Sample load(Bed bed, String url, String path, Duration window) {
    String bearer = bed.service().bearer();
    return bed.wrk().run(new Wrk.Load(url, bearer, CLIENTS, window, List.of("echo", path)), 1);
  }
}
