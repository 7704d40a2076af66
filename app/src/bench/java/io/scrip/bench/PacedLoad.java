package io.scrip.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Open-loop load, a program of its own: calls fall due at a fixed pace whatever becomes of those
 * before. Each latency counts from the moment the call was due, also when no connection was free
 * for it then, so a pause of the service is seen by every call that fell into it.
 *
 * <p>One thread, which asks the system once what has come and naps where that is nothing: it adds
 * up to 0.15 ms, and leaves the cores to what is measured.
 */
public final class PacedLoad {
  private static final long NAP_NANOS = 50_000;

  /** Of the time: the first calls warm up both sides. */
  private static final int WARM_UP_SHARE = 5;

  /** After the last call was due; what is not answered by then has failed. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Histogram micros = new Histogram(3);
  private final Deque<PacedConnection> idle = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final Selector selector;
  private final PacedCalls calls;
  private final double nanosBetween;
  private final long count;
  private long answered;
  private long failed;

  private PacedLoad(PacedCalls calls, double perSecond, long seconds) throws IOException {
    this.selector = Selector.open();
    this.calls = calls;
    this.nanosBetween = 1e9 / perSecond;
    this.count = (long) (perSecond * seconds);
  }

  /**
   * @param arguments URL, call, calls a second, seconds, connections, file of tokens or nothing;
   *     the bearer token is in BEARER
   */
  public static void main(String[] arguments) throws IOException {
    URI url = URI.create(arguments[0]);
    Call call = Call.valueOf(arguments[1]);
    List<String> tokens =
        call.needsTokens() ? Files.readAllLines(Path.of(arguments[5])) : List.of();
    PacedCalls calls = new PacedCalls(call, System.getenv("BEARER"), tokens);
    PacedLoad load =
        new PacedLoad(calls, Double.parseDouble(arguments[2]), Long.parseLong(arguments[3]));
    load.connect(
        new InetSocketAddress(url.getHost(), url.getPort()), Integer.parseInt(arguments[4]));
    System.gc(); // or the first collection copies a million tokens while calls wait
    load.run();
    System.out.println(load.result());
  }

  private void connect(InetSocketAddress address, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      idle.add(PacedConnection.open(address, selector));
    }
  }

  private void run() throws IOException {
    long start = System.nanoTime();
    long counted = start + (long) (count * nanosBetween / WARM_UP_SHARE);
    long end = start + (long) (count * nanosBetween) + PATIENCE_NANOS;
    long sent = 0;
    while (answered + failed < count && System.nanoTime() < end) {
      boolean busy = receive(counted);
      long now = System.nanoTime();
      while (sent < count && start + (long) (sent * nanosBetween) <= now) {
        waiting.add(start + (long) (sent++ * nanosBetween));
      }
      busy |= sendWaiting();
      if (!busy) {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
    failed += count - answered - failed;
  }

  private boolean sendWaiting() throws IOException {
    boolean any = false;
    while (!waiting.isEmpty() && !idle.isEmpty()) {
      idle.poll().send(calls.next(), waiting.poll());
      any = true;
    }
    return any;
  }

  private boolean receive(long counted) throws IOException {
    if (selector.selectNow() == 0) {
      return false;
    }
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof PacedConnection connection && connection.receive()) {
        record(connection, counted);
        idle.add(connection);
      }
    }
    selector.selectedKeys().clear();
    return true;
  }

  private void record(PacedConnection connection, long counted) {
    if (!connection.succeeded()) {
      failed++;
      return;
    }
    answered++;
    if (connection.due() >= counted) {
      micros.recordValue((System.nanoTime() - connection.due()) / 1_000);
    }
  }

  private String result() {
    return String.format(
        Locale.ROOT,
        "BENCH answered=%d failed=%d p50=%d p99=%d p999=%d",
        answered,
        failed,
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9));
  }

  /** The bytes of one call after the other, each with another value. */
  static final class PacedCalls {
    private static final long DIGITS_16 = 10_000_000_000_000_000L;

    private final Call call;
    private final String head;
    private final List<String> tokens;

    PacedCalls(Call call, String bearer, List<String> tokens) {
      this.call = call;
      this.tokens = tokens;
      this.head =
          "POST "
              + call.path()
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
              + bearer
              + "\r\nContent-Length: ";
    }

    byte[] next() {
      String body = call.size() == 1 ? item() : items();
      return (head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    private String items() {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < call.size(); i++) {
        items.add(item());
      }
      return "{\"items\":[" + String.join(",", items) + "]}";
    }

    private String item() {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      return call.needsTokens()
          ? "{\"token\":\"" + tokens.get(random.nextInt(tokens.size())) + "\"}"
          : "{\"data\":\"" + (random.nextLong(DIGITS_16) + DIGITS_16) + "\"}";
    }
  }
}
