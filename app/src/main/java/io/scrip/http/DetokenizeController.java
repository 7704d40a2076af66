package io.scrip.http;

import static io.scrip.http.ProblemType.BATCH_TOO_LARGE;
import static io.scrip.http.ProblemType.LABEL_TOO_LONG;
import static io.scrip.http.ProblemType.TOKEN_NOT_FOUND;
import static io.scrip.http.ProblemType.WRONG_PLANE;
import static io.scrip.policy.Permission.DETOKENIZE;
import static io.scrip.policy.Permission.DETOKENIZE_MASKED;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.scrip.identity.Call;
import io.scrip.vault.Detokenizer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tokens in, values out. */
@Tag(name = "Values")
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
  @Operation(summary = "Gives out the value of a token")
  @ApiResponse(
      responseCode = "200",
      description = "The value",
      content = @Content(schema = @Schema(implementation = DetokenizeResponse.class)))
  @Needs({DETOKENIZE, DETOKENIZE_MASKED})
  @Fails({LABEL_TOO_LONG, TOKEN_NOT_FOUND, WRONG_PLANE})
  CompletableFuture<DetokenizeResponse> detokenize(
      @Verified Call call, @Body @DetokenizeBodies.One JsonBody body) {
    return detokenizer
        .detokenize(call, List.of(requests.detokenize(body.root())))
        .thenCompose(List::getFirst)
        .thenApply(DetokenizeResponse::of);
  }

  @Post("/batch")
  @Operation(summary = "Gives out the values of up to 1,000 tokens")
  @ApiResponse(
      responseCode = "200",
      description = "One result per item, in order",
      content = @Content(schema = @Schema(implementation = DetokenizeItem.Results.class)))
  @Needs({DETOKENIZE, DETOKENIZE_MASKED})
  @Fails({BATCH_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<Batch.Results<DetokenizeItem>> detokenizeBatch(
      @Verified Call call, @Body @DetokenizeBodies.Many JsonBody body) {
    return batch.play(body.root(), limits, readable -> detokenizer.detokenize(call, readable));
  }
}
