package io.scrip.http;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.scrip.identity.Call;
import io.scrip.vault.Detokenizer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tokens in, values out. */
@Controller("/v1/detokenize")
final class DetokenizeController {
  private final Detokenizer detokenizer;
  private final Requests requests;
  private final Limits limits;
  private final Batch<Detokenizer.Request, Detokenizer.Revealed, DetokenizeItem> batch;

  DetokenizeController(Detokenizer detokenizer, Requests requests, Limits limits) {
    this.detokenizer = detokenizer;
    this.requests = requests;
    this.limits = limits;
    this.batch =
        new Batch<>(
            fields -> requests.detokenize(fields, "ref"),
            (ref, revealed) -> DetokenizeItem.of(ref, DetokenizeResponse.of(revealed)),
            DetokenizeItem::of);
  }

  @Post
  CompletableFuture<DetokenizeResponse> detokenize(Call call, @Body JsonBody body) {
    return detokenizer
        .detokenize(call, List.of(requests.detokenize(body.root())))
        .thenCompose(List::getFirst)
        .thenApply(DetokenizeResponse::of);
  }

  @Post("/batch")
  CompletableFuture<Batch.Results<DetokenizeItem>> detokenizeBatch(Call call, @Body JsonBody body) {
    return batch.play(body.root(), limits, readable -> detokenizer.detokenize(call, readable));
  }
}
