package io.scrip.http;

import static io.scrip.http.ProblemType.INVALID_FIELD;
import static io.scrip.http.ProblemType.JOB_NOT_FOUND;
import static io.scrip.http.ProblemType.KEY_NEEDED;
import static io.scrip.http.ProblemType.KEY_NOT_FOUND;
import static io.scrip.http.ProblemType.REKEY_RUNNING;
import static io.scrip.http.ProblemType.WRONG_PLANE;
import static io.scrip.policy.Permission.READ_KEYS;
import static io.scrip.policy.Permission.ROTATE_KEYS;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Call;
import io.scrip.vault.KeyKind;
import io.scrip.vault.KeyReader;
import io.scrip.vault.RekeyKind;
import io.scrip.vault.Rotator;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The vault's own keys: which there are, new ones, and the end of old ones. */
@Tag(name = "Keys")
@Controller("/v1/keys")
final class KeysController {
  private static final int JOBS_SHOWN = 20;
  private static final String KEY = "key";

  private final KeyReader reader;
  private final Rotator rotator;

  KeysController(KeyReader reader, Rotator rotator) {
    this.reader = reader;
    this.rotator = rotator;
  }

  @Get
  @Operation(summary = "Lists the vault's keys: versions, states and what is under each")
  @ApiResponse(
      responseCode = "200",
      description = "Names and counts, never a key",
      content = @Content(schema = @Schema(implementation = KeysResponse.class)))
  @Needs(READ_KEYS)
  CompletableFuture<KeysResponse> list(@Verified Call call) {
    return reader.keys(call).thenApply(KeysResponse::of);
  }

  @Post("/rotate")
  @Operation(summary = "Puts a new key in force; old ones go on opening and finding")
  @ApiResponse(
      responseCode = "200",
      description = "The new version",
      content = @Content(schema = @Schema(implementation = Rotated.class)))
  @Needs(ROTATE_KEYS)
  @Fails(WRONG_PLANE)
  CompletableFuture<Rotated> rotate(
      @Verified Call call, @Body @KeyBodies.RotateBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of(KEY));
    return rotator
        .rotate(call, word(fields, KEY, KeyKind::find))
        .thenApply(made -> new Rotated(made.kind().word(), made.version()));
  }

  @Post("/rekey")
  @Operation(summary = "Starts a job that brings what is under old keys under those in force")
  @ApiResponse(
      responseCode = "202",
      description = "The job",
      content = @Content(schema = @Schema(implementation = JobResponse.class)))
  @Needs(ROTATE_KEYS)
  @Fails({REKEY_RUNNING, WRONG_PLANE})
  CompletableFuture<HttpResponse<JobResponse>> rekey(
      @Verified Call call, @Body @KeyBodies.RekeyBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of("what"));
    RekeyKind what =
        fields.findText("what").isEmpty() ? RekeyKind.ALL : word(fields, "what", RekeyKind::find);
    return rotator
        .rekey(call, what)
        .thenApply(job -> HttpResponse.<JobResponse>accepted().body(JobResponse.of(job)));
  }

  @Post("/destroy")
  @Operation(summary = "Destroys a key for good, once it is proved that nothing needs it")
  @ApiResponse(
      responseCode = "200",
      description = "How many were destroyed",
      content = @Content(schema = @Schema(implementation = Destroyed.class)))
  @Needs(ROTATE_KEYS)
  @Fails({KEY_NEEDED, KEY_NOT_FOUND, WRONG_PLANE})
  CompletableFuture<Destroyed> destroy(
      @Verified Call call, @Body @KeyBodies.DestroyBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of(KEY, "version"));
    KeyKind kind = word(fields, KEY, KeyKind::find);
    int version =
        fields
            .findInt("version")
            .filter(positive -> positive > 0)
            .orElseThrow(() -> fields.invalid("version", "must be a whole number above 0"));
    return rotator.destroy(call, kind, version).thenApply(Destroyed::new);
  }

  @Get("/jobs")
  @Operation(summary = "Lists the latest re-key jobs")
  @ApiResponse(
      responseCode = "200",
      description = "Latest first, up to 20",
      content = @Content(schema = @Schema(implementation = JobResponse.All.class)))
  @Needs(READ_KEYS)
  CompletableFuture<JobResponse.All> jobs(@Verified Call call) {
    return reader
        .jobs(call, JOBS_SHOWN)
        .thenApply(jobs -> new JobResponse.All(jobs.stream().map(JobResponse::of).toList()));
  }

  @Get("/jobs/{id}")
  @Operation(summary = "Tells how far a re-key job has come")
  @ApiResponse(
      responseCode = "200",
      description = "The job",
      content = @Content(schema = @Schema(implementation = JobResponse.class)))
  @Needs(READ_KEYS)
  @Fails({INVALID_FIELD, JOB_NOT_FOUND})
  CompletableFuture<JobResponse> job(@Verified Call call, long id) {
    return reader.job(call, id).thenApply(JobResponse::of);
  }

  private static <T> T word(JsonFields fields, String name, Function<String, Optional<T>> find) {
    return find.apply(fields.text(name))
        .orElseThrow(() -> fields.invalid(name, "The OpenAPI document says what it may hold."));
  }

  /**
   * A new key.
   *
   * @param version of data keys, the floor from which ids seal; of a root, how many keys were
   *     wrapped anew
   */
  @Serdeable
  @Schema(name = "Rotated")
  public record Rotated(
      @Schema(requiredMode = REQUIRED) String key, @Schema(requiredMode = REQUIRED) long version) {}

  /** How many keys are no more. */
  @Serdeable
  @Schema(name = "DestroyedCount")
  public record Destroyed(@Schema(requiredMode = REQUIRED) long destroyed) {}
}
