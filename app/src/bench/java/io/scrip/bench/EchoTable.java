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
  private static final String ENCRYPT = "/v1/encrypt";

  @Override
  public void measure(Bed bed) {
    Service service = bed.service();
    try (Bed.Echo echo = bed.echo()) {
      Duration warmUp = bed.scale().warmUp();
      for (String path : List.of("/echo", "/jwt/echo", "/jwt-each/echo")) {
        load(bed, echo.url(), path, warmUp);
      }
      Duration window = bed.scale().window();
      Rounds rounds = new Rounds(echo.program()::requireAlive);
      rounds.measure("bare", () -> load(bed, echo.url(), "/echo", window));
      rounds.measure("jwt", () -> load(bed, echo.url(), "/jwt/echo", window));
      rounds.measure("each", () -> load(bed, echo.url(), "/jwt-each/echo", window));
      encrypt(bed, service, warmUp);
      rounds.measure("encrypt", () -> encrypt(bed, service, window));
      report(bed.report(), rounds.run(bed.scale().rounds()));
    }
  }

  private static void report(Report report, Rounds rounds) {
    report.add(Row.of("echo.bare", "the bare server, nothing checked", "/s", rounds.of("bare")));
    report.add(
        Row.of("echo.jwt", "with the service's token check", "/s", rounds.of("jwt"))
            .against("the bare server", rounds.of("bare")));
    report.add(
        Row.of("echo.jwt-each", "the same, nothing remembered", "/s", rounds.of("each"))
            .against("the bare server", rounds.of("bare")));
    report.add(
        Row.of("encrypt.64", "encrypt, 64 clients", "/s", rounds.of("encrypt"))
            .against("the bare server", rounds.of("bare"))
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
