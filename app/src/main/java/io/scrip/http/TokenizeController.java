package io.scrip.http;

import static io.scrip.http.ProblemType.BATCH_TOO_LARGE;
import static io.scrip.http.ProblemType.DATA_DOES_NOT_FIT;
import static io.scrip.http.ProblemType.DATA_TOO_LARGE;
import static io.scrip.http.ProblemType.IDEMPOTENCY_MISMATCH;
import static io.scrip.http.ProblemType.INTEGRITY_VIOLATED;
import static io.scrip.http.ProblemType.LABEL_TOO_LONG;
import static io.scrip.http.ProblemType.LEASE_OUT_OF_BOUNDS;
import static io.scrip.http.ProblemType.METADATA_TOO_LARGE;
import static io.scrip.http.ProblemType.NAME_TAKEN;
import static io.scrip.http.ProblemType.SUBJECT_MISSING;
import static io.scrip.http.ProblemType.TOKEN_SPACE_EXHAUSTED;
import static io.scrip.http.ProblemType.UNKNOWN_TEMPLATE;
import static io.scrip.http.ProblemType.WRONG_PLANE;
import static io.scrip.policy.Permission.TOKENIZE;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.scrip.identity.Call;
import io.scrip.vault.TokenInfo;
import io.scrip.vault.TokenizeRequest;
import io.scrip.vault.Tokenizer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Values in, tokens out. */
@Tag(name = "Values")
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
  @Operation(summary = "Gives a value a token")
  @ApiResponse(
      responseCode = "201",
      description = "The token",
      content = @Content(schema = @Schema(implementation = TokenResponse.class)))
  @Needs(TOKENIZE)
  @Fails({
    DATA_DOES_NOT_FIT,
    UNKNOWN_TEMPLATE,
    SUBJECT_MISSING,
    LEASE_OUT_OF_BOUNDS,
    DATA_TOO_LARGE,
    METADATA_TOO_LARGE,
    LABEL_TOO_LONG,
    NAME_TAKEN,
    TOKEN_SPACE_EXHAUSTED,
    IDEMPOTENCY_MISMATCH,
    INTEGRITY_VIOLATED,
    WRONG_PLANE
  })
  CompletableFuture<HttpResponse<TokenResponse>> tokenize(
      @Verified Call call,
      @Body @TokenizeBodies.One JsonBody body,
      @Header("Idempotency-Key") @RepeatKey Optional<String> idempotencyKey) {
    TokenizeRequest request = requests.tokenize(body.root());
    return tokenizer
        .tokenize(call, List.of(request), Requests.idempotency(idempotencyKey, body))
        .thenCompose(List::getFirst)
        .thenApply(info -> HttpResponse.created(TokenResponse.of(info)));
  }

  @Post("/batch")
  @Operation(summary = "Gives up to 1,000 values tokens")
  @ApiResponse(
      responseCode = "200",
      description = "One result per item, in order",
      content = @Content(schema = @Schema(implementation = TokenizeItem.Results.class)))
  @Needs(TOKENIZE)
  @Fails({BATCH_TOO_LARGE, IDEMPOTENCY_MISMATCH, WRONG_PLANE})
  CompletableFuture<Batch.Results<TokenizeItem>> tokenizeBatch(
      @Verified Call call,
      @Body @TokenizeBodies.Many JsonBody body,
      @Header("Idempotency-Key") @RepeatKey Optional<String> idempotencyKey) {
    var key = Requests.idempotency(idempotencyKey, body);
    return batch.play(body.root(), limits, readable -> tokenizer.tokenize(call, readable, key));
  }
}
