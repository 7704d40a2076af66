package io.scrip.http;

import static io.scrip.http.ProblemType.LABEL_TOO_LONG;
import static io.scrip.http.ProblemType.WRONG_PLANE;
import static io.scrip.policy.Permission.ERASE_SUBJECTS;
import static io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue.FALSE;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.scrip.identity.Call;
import io.scrip.vault.Eraser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The end of whom values are about. */
@Tag(name = "Subjects")
@Controller("/v1/subjects")
final class SubjectsController {
  private static final String SUBJECT = "subject";

  private final Eraser eraser;
  private final Limits limits;

  SubjectsController(Eraser eraser, Limits limits) {
    this.eraser = eraser;
    this.limits = limits;
  }

  @Post("/erase")
  @Operation(summary = "Ends a subject's tokens and destroys its keys, for good")
  @ApiResponse(
      responseCode = "200",
      description = "What was erased, signed; scrip audit verify checks it",
      content = @Content(schema = @Schema(implementation = ErasureResponse.class)))
  @Needs(ERASE_SUBJECTS)
  @Fails({LABEL_TOO_LONG, WRONG_PLANE})
  CompletableFuture<ErasureResponse> erase(@Verified Call call, @Body @EraseBody JsonBody body) {
    JsonFields fields = body.root().only(Set.of(SUBJECT));
    String subject = limits.label(fields, SUBJECT, fields.text(SUBJECT));
    return eraser.erase(call, subject).thenApply(ErasureResponse::of);
  }

  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Erase.class),
              examples =
                  @ExampleObject(
                      name = "subject",
                      summary = "A customer who asked to be forgotten",
                      value = "{\"subject\": \"customer-1017\"}")))
  @interface EraseBody {}

  /**
   * Whom to erase.
   *
   * @param subject whom values are about, as their tokens' requests named it
   */
  @Schema(name = "Erase", additionalProperties = FALSE)
  record Erase(@Schema(requiredMode = REQUIRED, minLength = 1, maxLength = 256) String subject) {}
}
