package io.scrip.http;

import static io.scrip.http.ProblemType.BATCH_TOO_LARGE;
import static io.scrip.http.ProblemType.CIPHERTEXT_NOT_OPENED;
import static io.scrip.http.ProblemType.CONTEXT_TOO_LARGE;
import static io.scrip.http.ProblemType.DATA_TOO_LARGE;
import static io.scrip.http.ProblemType.WRONG_PLANE;
import static io.scrip.policy.Permission.DECRYPT;
import static io.scrip.policy.Permission.ENCRYPT;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.scrip.identity.Call;
import io.scrip.identity.Plaintext;
import io.scrip.vault.Decryptor;
import io.scrip.vault.Encryptor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Values in, ciphertexts out, and back; nothing of either is stored. */
@Tag(name = "Ciphertexts")
@Controller("/v1")
final class CiphertextsController {
  private final Encryptor encryptor;
  private final Decryptor decryptor;
  private final Requests requests;
  private final Limits limits;
  private final Batch<Encryptor.Request, String, CiphertextItem> encryptions;
  private final Batch<Decryptor.Request, Plaintext, DecryptItem> decryptions;
  private final Batch<Decryptor.Request, String, CiphertextItem> rewraps;

  CiphertextsController(
      Encryptor encryptor, Decryptor decryptor, Requests requests, Limits limits) {
    this.encryptor = encryptor;
    this.decryptor = decryptor;
    this.requests = requests;
    this.limits = limits;
    this.encryptions =
        new Batch<>(
            fields -> requests.encrypt(fields, "ref"), CiphertextItem::of, CiphertextItem::of);
    this.decryptions =
        new Batch<>(fields -> requests.decrypt(fields, "ref"), DecryptItem::of, DecryptItem::of);
    this.rewraps =
        new Batch<>(
            fields -> requests.rewrap(fields, "ref"), CiphertextItem::of, CiphertextItem::of);
  }

  @Post("/encrypt")
  @Operation(summary = "Seals a value for the caller to keep")
  @ApiResponse(
      responseCode = "200",
      description = "The ciphertext",
      content = @Content(schema = @Schema(implementation = CiphertextResponse.class)))
  @Needs(ENCRYPT)
  @Fails({DATA_TOO_LARGE, CONTEXT_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<CiphertextResponse> encrypt(
      @Verified Call call, @Body @CiphertextBodies.EncryptOne JsonBody body) {
    return encryptor
        .encrypt(call, List.of(requests.encrypt(body.root())))
        .thenApply(made -> new CiphertextResponse(made.getFirst()));
  }

  @Post("/encrypt/batch")
  @Operation(summary = "Seals up to 1,000 values for the caller to keep")
  @ApiResponse(
      responseCode = "200",
      description = "One result per item, in order",
      content = @Content(schema = @Schema(implementation = CiphertextItem.Results.class)))
  @Needs(ENCRYPT)
  @Fails({BATCH_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<Batch.Results<CiphertextItem>> encryptBatch(
      @Verified Call call, @Body @CiphertextBodies.EncryptMany JsonBody body) {
    return encryptions.play(
        body.root(),
        limits,
        readable ->
            encryptor
                .encrypt(call, readable)
                .thenApply(made -> made.stream().map(CompletableFuture::completedFuture).toList()));
  }

  @Post("/decrypt")
  @Operation(summary = "Opens a ciphertext")
  @ApiResponse(
      responseCode = "200",
      description = "The value",
      content = @Content(schema = @Schema(implementation = DecryptResponse.class)))
  @Needs(DECRYPT)
  @Fails({CIPHERTEXT_NOT_OPENED, CONTEXT_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<DecryptResponse> decrypt(
      @Verified Call call, @Body @CiphertextBodies.DecryptOne JsonBody body) {
    return decryptor
        .decrypt(call, List.of(requests.decrypt(body.root())))
        .thenCompose(List::getFirst)
        .thenApply(DecryptResponse::new);
  }

  @Post("/decrypt/batch")
  @Operation(summary = "Opens up to 1,000 ciphertexts")
  @ApiResponse(
      responseCode = "200",
      description = "One result per item, in order",
      content = @Content(schema = @Schema(implementation = DecryptItem.Results.class)))
  @Needs(DECRYPT)
  @Fails({BATCH_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<Batch.Results<DecryptItem>> decryptBatch(
      @Verified Call call, @Body @CiphertextBodies.DecryptMany JsonBody body) {
    return decryptions.play(body.root(), limits, readable -> decryptor.decrypt(call, readable));
  }

  @Post("/rewrap")
  @Operation(summary = "Puts a ciphertext under the key of today, without showing its value")
  @ApiResponse(
      responseCode = "200",
      description = "The new ciphertext; the old one opens as well",
      content = @Content(schema = @Schema(implementation = CiphertextResponse.class)))
  @Needs(ENCRYPT)
  @Fails({CIPHERTEXT_NOT_OPENED, CONTEXT_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<CiphertextResponse> rewrap(
      @Verified Call call, @Body @CiphertextBodies.RewrapOne JsonBody body) {
    return decryptor
        .rewrap(call, List.of(requests.rewrap(body.root())))
        .thenCompose(List::getFirst)
        .thenApply(CiphertextResponse::new);
  }

  @Post("/rewrap/batch")
  @Operation(summary = "Puts up to 1,000 ciphertexts under the key of today")
  @ApiResponse(
      responseCode = "200",
      description = "One result per item, in order",
      content = @Content(schema = @Schema(implementation = CiphertextItem.Results.class)))
  @Needs(ENCRYPT)
  @Fails({BATCH_TOO_LARGE, WRONG_PLANE})
  CompletableFuture<Batch.Results<CiphertextItem>> rewrapBatch(
      @Verified Call call, @Body @CiphertextBodies.RewrapMany JsonBody body) {
    return rewraps.play(body.root(), limits, readable -> decryptor.rewrap(call, readable));
  }
}
