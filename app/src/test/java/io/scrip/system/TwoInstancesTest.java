package io.scrip.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrip.TestServer.Answer;
import io.scrip.store.Databases;
import io.scrip.store.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one database: what one did is so for the other, from its answer on. */
@Timeout(600)
class TwoInstancesTest {
  private static final int CREATED = 201;
  private static final int VALUES = 150;

  @TempDir static Path folder = Path.of("");

  private static final Issuer ISSUER = new Issuer();
  private static final TestDatabase DATABASE = Databases.postgres();
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static List<Instance> instances = List.of();

  @BeforeAll
  static void start() {
    Deployment deployment = Deployment.onPostgres(folder, ISSUER, DATABASE);
    instances = Stream.of(Instance.begin(deployment), Instance.begin(deployment)).toList();
    instances.forEach(Instance::awaitReady); // together: both make the first keys
  }

  @AfterAll
  static void stop() {
    instances.forEach(Instance::close);
    THREADS.close();
    DATABASE.close();
    ISSUER.close();
  }

  @Test
  void one_value_first_seen_by_both_at_the_same_moment_gets_one_token() {
    put(first(), "same", "{\"format\":\"opaque\",\"mode\":\"convergent\"}");
    for (int i = 0; i < VALUES; i++) {
      String json = "{\"data\":\"first use " + i + "\",\"template\":\"same\"}";
      List<Answer> answers = atOnce(2, instance -> instance.post("/v1/tokenize", json));
      assertThat(answers).extracting(Answer::status).containsOnly(CREATED);
      assertThat(answers.stream().map(answer -> answer.text("token")).distinct())
          .as("value %d", i)
          .hasSize(1);
    }
  }

  @Test
  void the_two_can_read_each_other() {
    String token = first().post("/v1/tokenize", "{\"data\":\"for the other\"}").text("token");
    assertThat(second().open(token).text("data")).isEqualTo("for the other");
  }

  @Test
  void a_template_that_one_was_given_is_used_by_the_other_at_once() {
    for (int i = 0; i < 20; i++) {
      String prefix = "p" + (char) ('a' + i) + "_";
      put(
          first(),
          "changing",
          "{\"format\":\"opaque\",\"options\":{\"prefix\":\"" + prefix + "\"}}");
      String token =
          second().post("/v1/tokenize", "{\"data\":\"x\",\"template\":\"changing\"}").text("token");
      assertThat(token).startsWith(prefix);
    }
  }

  @Test
  void a_tree_that_one_has_ended_is_ended_on_the_other_at_once() {
    for (int i = 0; i < 20; i++) {
      String json = "{\"data\":\"x\",\"subject\":\"customer " + i + "\"}";
      String token = second().post("/v1/tokenize", json).text("token");
      assertThat(second().open(token).status()).isEqualTo(200);
      Answer revoked = first().post("/v1/tokens/revoke", "{\"subject\":\"customer " + i + "\"}");
      assertThat(revoked.text("revoked")).isEqualTo("1");
      assertThat(second().open(token).status()).isEqualTo(404);
    }
  }

  @Test
  void a_call_that_is_repeated_to_both_at_the_same_moment_happens_once() throws Exception {
    for (int i = 0; i < 50; i++) {
      String json = "{\"items\":[{\"data\":\"a " + i + "\"},{\"data\":\"b " + i + "\"}]}";
      String key = "order-" + i;
      String before = DATABASE.ask("select count(*) from scrip.tokens");
      List<Answer> answers = atOnce(4, instance -> postOnce(instance, key, json));
      assertThat(answers).extracting(Answer::status).containsOnly(200);
      assertThat(answers.stream().map(TwoInstancesTest::tokens).distinct())
          .as("key %s", key)
          .hasSize(1);
      assertThat(
              Integer.parseInt(DATABASE.ask("select count(*) from scrip.tokens"))
                  - Integer.parseInt(before))
          .isEqualTo(2);
    }
  }

  @Test
  void a_name_that_both_are_asked_for_at_the_same_moment_is_given_once() {
    for (int i = 0; i < 50; i++) {
      String json = "{\"data\":\"x\",\"name\":\"name " + i + "\"}";
      List<Answer> answers = atOnce(2, instance -> instance.post("/v1/tokenize", json));
      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(CREATED, 409);
    }
  }

  private static List<String> tokens(Answer batch) {
    var items = batch.json().get("items");
    return IntStream.range(0, items.size())
        .mapToObj(i -> items.get(i).get("token").getStringValue())
        .toList();
  }

  private static Answer postOnce(Instance instance, String key, String json) {
    return instance.send(
        instance
            .request("/v1/tokenize/batch")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private static void put(Instance instance, String template, String json) {
    Answer answer = instance.put("/v1/templates/" + template, json);
    assertThat(answer.status()).as(answer.body()).isIn(200, CREATED);
  }

  /** The same call to both, by turns, all let go at the same moment. */
  private static List<Answer> atOnce(int calls, Function<Instance, Answer> call) {
    var gate = new CyclicBarrier(calls);
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, calls)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> through(gate, call, instances.get(i % 2)), THREADS))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static Answer through(
      CyclicBarrier gate, Function<Instance, Answer> call, Instance instance) {
    try {
      gate.await();
    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException failure) {
      throw new IllegalStateException(failure);
    }
    return call.apply(instance);
  }

  private static Instance first() {
    return instances.getFirst();
  }

  private static Instance second() {
    return instances.getLast();
  }
}
