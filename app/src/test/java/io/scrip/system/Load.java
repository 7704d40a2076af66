package io.scrip.system;

import io.scrip.TestServer.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Many callers who make tokens and open them, and write down every answer. */
final class Load {
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** What each token that was answered stands for. */
  final Map<String, String> values = new ConcurrentHashMap<>();

  /** Request ids of calls that were answered with a token. */
  final Set<String> made = ConcurrentHashMap.newKeySet();

  /** Request ids of calls that were answered with a value. */
  final Set<String> revealed = ConcurrentHashMap.newKeySet();

  /** Answers that should not have come. */
  final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /** Calls that got no whole answer, the process or its socket being gone. */
  final AtomicInteger unanswered = new AtomicInteger();

  private final AtomicLong count = new AtomicLong();
  private final String run;

  Load(String run) {
    this.run = run;
  }

  /** Starts callers that each make a token and open it, over and over. */
  Callers start(int callers, Supplier<Instance> target, BooleanSupplier enough) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(Thread.ofVirtual().start(() -> call(target, enough)));
    }
    return new Callers(threads);
  }

  private void call(Supplier<Instance> target, BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      try {
        makeAndOpen(target.get());
      } catch (UncheckedIOException gone) {
        unanswered.incrementAndGet();
      } catch (RuntimeException unforeseen) {
        wrong.add(unforeseen.toString());
        return;
      }
    }
  }

  private void makeAndOpen(Instance instance) {
    long number = count.incrementAndGet();
    String value = "value-" + run + "-" + number;
    String makes = "make-" + run + "-" + number;
    Answer answer = instance.post("/v1/tokenize", "{\"data\":\"" + value + "\"}", makes);
    if (answer.status() == CREATED) {
      values.put(answer.text("token"), value);
      made.add(makes);
      open(instance, answer.text("token"), "open-" + run + "-" + number);
    } else if (answer.status() != UNAVAILABLE) {
      wrong.add("tokenize: " + answer);
    }
  }

  private void open(Instance instance, String token, String requestId) {
    Answer answer = instance.post("/v1/detokenize", "{\"token\":\"" + token + "\"}", requestId);
    if (answer.status() == OK && answer.text("data").equals(values.get(token))) {
      revealed.add(requestId);
    } else if (answer.status() != UNAVAILABLE) {
      wrong.add("detokenize: " + answer);
    }
  }

  /** Tokens that this instance does not open to their values. */
  List<String> lostAt(Instance instance) {
    List<String> tokens = List.copyOf(values.keySet());
    List<String> lost = new ArrayList<>();
    for (int from = 0; from < tokens.size(); from += 500) {
      lost.addAll(lost(instance, tokens.subList(from, Math.min(tokens.size(), from + 500))));
    }
    return lost;
  }

  private List<String> lost(Instance instance, List<String> tokens) {
    String items =
        String.join(",", tokens.stream().map(token -> "{\"token\":\"" + token + "\"}").toList());
    var answers =
        instance.post("/v1/detokenize/batch", "{\"items\":[" + items + "]}").json().get("items");
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      var data = answers.get(i).get("data");
      if (data == null || !data.getStringValue().equals(values.get(tokens.get(i)))) {
        lost.add(values.get(tokens.get(i)));
      }
    }
    return lost;
  }

  /** The threads of a load. */
  record Callers(List<Thread> threads) {
    void await() {
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
