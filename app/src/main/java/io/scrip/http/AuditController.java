package io.scrip.http;

import static io.scrip.http.ProblemType.INVALID_FIELD;
import static io.scrip.http.ProblemType.LABEL_TOO_LONG;
import static io.scrip.policy.Permission.READ_AUDIT;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.scrip.identity.Action;
import io.scrip.identity.Call;
import io.scrip.identity.LookupDigest;
import io.scrip.vault.TrailAccess;
import io.scrip.vault.TrailAccess.Selection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/**
 * The audit trail, as lines of JSON. A data subject stands in a body or as its digest, never in an
 * address.
 */
@Tag(name = "Audit")
@Controller("/v1/audit")
final class AuditController {
  private final TrailAccess trail;
  private final Limits limits;

  AuditController(TrailAccess trail, Limits limits) {
    this.trail = trail;
    this.limits = limits;
  }

  @Get(value = "/events", produces = NdJson.MEDIA_TYPE)
  @Operation(summary = "Exports the audit trail, or a selection of it")
  @AuditLines
  @Needs(READ_AUDIT)
  @Fails(INVALID_FIELD)
  CompletableFuture<HttpResponse<Publisher<byte[]>>> events(
      @Verified Call call,
      @QueryValue
          @Parameter(
              required = false,
              description = "Inclusive",
              schema = @Schema(implementation = String.class, format = "date-time"))
          Optional<String> from,
      @QueryValue
          @Parameter(
              required = false,
              description = "Exclusive",
              schema = @Schema(implementation = String.class, format = "date-time"))
          Optional<String> to,
      @QueryValue
          @Parameter(
              required = false,
              description = "Subject or client of an access token",
              schema = @Schema(implementation = String.class))
          Optional<String> actor,
      @QueryValue
          @Parameter(
              required = false,
              description = "Such as token.detokenize",
              schema = @Schema(implementation = String.class))
          Optional<String> action,
      @QueryValue
          @Parameter(
              required = false,
              description = "As an event shows it",
              schema = @Schema(implementation = String.class, pattern = "^[0-9a-f]{32}$"))
          Optional<String> subjectDigest) {
    Selection selection =
        new Selection(
            parse("from", from, Instant::parse),
            parse("to", to, Instant::parse),
            parse("actor", actor, AuditController::actor),
            parse("action", action, AuditController::action),
            Optional.empty(),
            parse("subjectDigest", subjectDigest, LookupDigest::ofHex));
    return trail.events(call, selection).thenApply(NdJson::response);
  }

  @Post(value = "/events", produces = NdJson.MEDIA_TYPE)
  @Operation(summary = "Exports a selection of the audit trail, by data subject too")
  @AuditLines
  @Needs(READ_AUDIT)
  @Fails(LABEL_TOO_LONG)
  CompletableFuture<HttpResponse<Publisher<byte[]>>> selectedEvents(
      @Verified Call call, @Body @OtherBodies.SelectionBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of("from", "to", "actor", "action", "subject"));
    Selection selection =
        new Selection(
            fields.findInstant("from"),
            fields.findInstant("to"),
            parse("actor", fields.findText("actor"), AuditController::actor),
            parse("action", fields.findText("action"), AuditController::action),
            fields.findText("subject").map(subject -> limits.label(fields, "subject", subject)),
            Optional.empty());
    return trail.events(call, selection).thenApply(NdJson::response);
  }

  @Get(value = "/checkpoints", produces = NdJson.MEDIA_TYPE)
  @Operation(summary = "Exports the signed checkpoints of every audit chain")
  @AuditLines
  @Needs(READ_AUDIT)
  CompletableFuture<HttpResponse<Publisher<byte[]>>> checkpoints(@Verified Call call) {
    return trail.checkpoints(call).thenApply(NdJson::response);
  }

  private static Action action(String word) {
    return Arrays.stream(Action.values())
        .filter(action -> action.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action"));
  }

  /** No access token names anyone with a control character. */
  private static String actor(String text) {
    if (!Limits.isActor(text)) {
      throw new IllegalArgumentException("no actor");
    }
    return text;
  }

  private static <T> Optional<T> parse(
      String name, Optional<String> text, Function<String, T> parser) {
    try {
      return text.map(parser);
    } catch (DateTimeException | IllegalArgumentException _) {
      throw new RequestException(
          ProblemType.INVALID_FIELD, "The OpenAPI document says what it may hold.", name);
    }
  }
}
