package io.scrip.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Fills a store through the API, in the largest batches it takes, and keeps the tokens. */
final class Loader {
  private static final int BATCH = 1_000;

  /** Four batches at a time: more wait in the journal, whose queue holds 10,000 entries. */
  private static final int WORKERS = 4;

  /** wrk reads the file into memory; a million of 10 million still is every page of the index. */
  private static final int MOST_KEPT = 1_000_000;

  /** A token lives for an hour; a long load takes a fresh one from time to time. */
  private static final int BATCHES_PER_BEARER = 500;

  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  private final Service service;
  private final Path tokens;
  private final AtomicLong numbers = new AtomicLong();
  private volatile String bearer = "";
  private final int keepOneOf;
  private long stored;

  /**
   * @param most how many it will have stored in the end
   */
  Loader(Service service, Path tokens, long most) {
    this.service = service;
    this.tokens = tokens;
    this.keepOneOf = (int) Math.max(1, most / MOST_KEPT);
  }

  long stored() {
    return stored;
  }

  Path tokens() {
    return tokens;
  }

  /**
   * @param target how many the store holds afterwards, all that this loader made
   * @return values a second
   */
  double fill(long target) {
    long begin = System.nanoTime();
    long before = stored;
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        BufferedWriter file =
            Files.newBufferedWriter(tokens, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      int batch = 0;
      while (stored < target) {
        if (batch++ % BATCHES_PER_BEARER == 0) {
          bearer = service.bearer();
        }
        int size = (int) Math.min((long) BATCH * WORKERS, target - stored);
        for (Future<List<String>> made : send(workers, size)) {
          keep(file, made.get());
        }
        stored += size;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (ExecutionException failure) {
      throw new BenchException("loading failed", failure);
    } catch (InterruptedException interrupted) {
      throw new BenchException("interrupted", interrupted);
    }
    return (stored - before) / ((System.nanoTime() - begin) / 1e9);
  }

  private List<Future<List<String>>> send(ExecutorService workers, int size) {
    List<Future<List<String>>> sent = new ArrayList<>();
    for (int rest = size; rest > 0; rest -= BATCH) {
      int items = Math.min(BATCH, rest);
      sent.add(workers.submit(() -> post(items)));
    }
    return sent;
  }

  private List<String> post(int items) {
    var answer = service.post("/v1/tokenize/batch", bearer, body(items, this::value));
    List<String> made =
        TOKEN.matcher(answer.body()).results().map(found -> found.group(1)).toList();
    if (answer.statusCode() != 200 || made.size() != items) {
      throw new BenchException(
          "a batch was refused with %d: %.300s".formatted(answer.statusCode(), answer.body()));
    }
    return made;
  }

  private String value() {
    return "%016d".formatted(numbers.incrementAndGet());
  }

  private static String body(int items, Supplier<String> value) {
    StringBuilder body = new StringBuilder("{\"items\":[");
    for (int i = 0; i < items; i++) {
      body.append(i == 0 ? "" : ",").append("{\"data\":\"").append(value.get()).append("\"}");
    }
    return body.append("]}").toString();
  }

  private void keep(BufferedWriter file, List<String> made) throws IOException {
    for (int i = 0; i < made.size(); i += keepOneOf) {
      file.write(made.get(i));
      file.write('\n');
    }
  }
}
