package io.scrip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** What every answer of one kind has to be. */
final class Expect {
  /** Far longer than anything takes; reached only by what never comes. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Expect() {}

  /** RFC 9457: the media type, and the members that stand in every document. */
  static Answer problem(Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    problem(answer);
    assertThat(answer.text("type")).as(answer.body()).isEqualTo("urn:scrip:problem:" + slug);
    return answer;
  }

  /** Any problem at all. */
  static Answer problem(Answer answer) {
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(answer.status() + answer.body())
        .hasValue("application/problem+json");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.text("type")).startsWith("urn:scrip:problem:");
    assertThat(answer.text("status")).isEqualTo(Integer.toString(answer.status()));
    assertThat(answer.text("title")).isNotBlank();
    assertThat(answer.text("detail")).isNotBlank();
    return answer;
  }

  static Answer ok(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    return answer;
  }

  /** Asks again and again until the answer has this status. */
  static Answer eventually(int status, Supplier<Answer> question) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Answer answer = question.get();
      if (answer.status() == status) {
        return answer;
      }
    }
    throw new AssertionError("never answered " + status);
  }

  /** Starts all of them at one moment, and gives what each returned. */
  static <T> List<T> atOnce(int count, IntFunction<T> task) {
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.apply(number);
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
