package io.scrip.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.scrip.identity.Call;
import io.scrip.vault.TokenInfo;
import io.scrip.vault.TokenizeRequest;
import io.scrip.vault.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Values in, tokens out. */
@Controller("/v1/tokenize")
final class TokenizeController {
  private final Tokenizer tokenizer;
  private final Requests requests;
  private final Limits limits;
  private final Batch<TokenizeRequest, TokenInfo, TokenizeItem> batch;

  TokenizeController(Tokenizer tokenizer, Requests requests, Limits limits) {
    this.tokenizer = tokenizer;
    this.requests = requests;
    this.limits = limits;
    this.batch =
        new Batch<>(
            fields -> requests.tokenize(fields, "ref"),
            (ref, made) -> TokenizeItem.of(ref, TokenResponse.of(made)),
            TokenizeItem::of);
  }

  @Post
  CompletableFuture<HttpResponse<TokenResponse>> tokenize(
      Call call, @Body JsonBody body, @Header("Idempotency-Key") Optional<String> idempotencyKey) {
    TokenizeRequest request = requests.tokenize(body.root());
    return tokenizer
        .tokenize(call, List.of(request), Requests.idempotency(idempotencyKey, body))
        .thenCompose(List::getFirst)
        .thenApply(info -> HttpResponse.created(TokenResponse.of(info)));
  }

  @Post("/batch")
  CompletableFuture<Batch.Results<TokenizeItem>> tokenizeBatch(
      Call call, @Body JsonBody body, @Header("Idempotency-Key") Optional<String> idempotencyKey) {
    var key = Requests.idempotency(idempotencyKey, body);
    return batch.play(body.root(), limits, readable -> tokenizer.tokenize(call, readable, key));
  }
}
