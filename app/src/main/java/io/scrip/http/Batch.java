package io.scrip.http;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Plays a batch: reads each item for itself, hands the readable ones on together, and puts all
 * results back in order. One bad item never spoils the rest.
 *
 * @param <Q> a request
 * @param <A> its answer
 * @param <I> an item's result as the caller sees it
 */
final class Batch<Q, A, I> {
  private static final String ITEMS = "items";
  private static final String REF = "ref";

  private final Function<JsonFields, Q> reader;
  private final BiFunction<Optional<String>, A, I> success;
  private final BiFunction<Optional<String>, Problem, I> failure;

  Batch(
      Function<JsonFields, Q> reader,
      BiFunction<Optional<String>, A, I> success,
      BiFunction<Optional<String>, Problem, I> failure) {
    this.reader = reader;
    this.success = success;
    this.failure = failure;
  }

  /**
   * @param play answers the readable requests, each with a future of its own; fails as a whole
   *     where the caller may not
   */
  CompletableFuture<Results<I>> play(
      JsonFields body,
      Limits limits,
      Function<List<Q>, CompletableFuture<List<CompletableFuture<A>>>> play) {
    body.only(java.util.Set.of(ITEMS));
    List<JsonNode> nodes = body.array(ITEMS);
    limits.batch(body, nodes.size());
    List<Item> items = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      items.add(read(body, i, nodes.get(i)));
    }
    List<Q> readable = items.stream().flatMap(item -> item.request.stream()).toList();
    return play.apply(readable).thenCompose(answers -> results(items, answers));
  }

  private Item read(JsonFields body, int index, JsonNode node) {
    Optional<String> ref = Optional.empty();
    try {
      JsonFields fields = body.element(ITEMS, index, node);
      ref = Requests.ref(fields, REF);
      return new Item(ref, Optional.of(reader.apply(fields)), Optional.empty());
    } catch (RuntimeException unreadable) {
      return new Item(ref, Optional.empty(), Optional.of(Problems.of(unreadable)));
    }
  }

  private CompletableFuture<Results<I>> results(
      List<Item> items, List<CompletableFuture<A>> answers) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .handle(
            (_, _) -> {
              List<I> results = new ArrayList<>(items.size());
              int next = 0;
              for (Item item : items) {
                results.add(
                    item.unread.isPresent()
                        ? failure.apply(item.ref, item.unread.get())
                        : result(item.ref, answers.get(next++)));
              }
              return new Results<>(results);
            });
  }

  private I result(Optional<String> ref, CompletableFuture<A> answer) {
    return answer.isCompletedExceptionally()
        ? failure.apply(ref, Problems.of(answer.exceptionNow()))
        : success.apply(ref, answer.resultNow());
  }

  private final class Item {
    private final Optional<String> ref;
    private final Optional<Q> request;
    private final Optional<Problem> unread;

    private Item(Optional<String> ref, Optional<Q> request, Optional<Problem> unread) {
      this.ref = ref;
      this.request = request;
      this.unread = unread;
    }
  }

  /** The answer to a batch: one result per item, in order. */
  @Serdeable
  public record Results<I>(List<I> items) {}
}
