package io.scrip.http;

import static io.scrip.http.ProblemType.LEASE_OUT_OF_BOUNDS;
import static io.scrip.http.ProblemType.TEMPLATE_BUILT_IN;
import static io.scrip.http.ProblemType.TEMPLATE_COUNT;
import static io.scrip.http.ProblemType.TEMPLATE_INVALID;
import static io.scrip.http.ProblemType.TEMPLATE_NOT_FOUND;
import static io.scrip.http.ProblemType.TEMPLATE_SPACE_TOO_SMALL;
import static io.scrip.policy.Permission.READ_TEMPLATES;
import static io.scrip.policy.Permission.WRITE_TEMPLATES;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Call;
import io.scrip.vault.Templates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What tokens look like. */
@Tag(name = "Templates")
@Controller("/v1/templates")
final class TemplatesController {
  private final Templates templates;

  TemplatesController(Templates templates) {
    this.templates = templates;
  }

  @Get
  @Operation(summary = "Lists the templates: what tokens can look like")
  @ApiResponse(
      responseCode = "200",
      description = "Built-in templates first, then the tenant's own",
      content = @Content(schema = @Schema(implementation = TemplateList.class)))
  @Needs(READ_TEMPLATES)
  CompletableFuture<TemplateList> list(@Verified Call call) {
    return templates
        .list(call)
        .thenApply(all -> new TemplateList(all.stream().map(TemplateBody::of).toList()));
  }

  @Get("/{name}")
  @Operation(summary = "Shows a template")
  @ApiResponse(
      responseCode = "200",
      description = "The template",
      content = @Content(schema = @Schema(implementation = TemplateBody.class)))
  @Needs(READ_TEMPLATES)
  @Fails(TEMPLATE_NOT_FOUND)
  CompletableFuture<TemplateBody> get(@Verified Call call, String name) {
    return templates.get(call, name).thenApply(TemplateBody::of);
  }

  @Put("/{name}")
  @Operation(summary = "Makes or changes a template; tokens that exist keep the one that drew them")
  @ApiResponse(
      responseCode = "200",
      description = "The changed template",
      content = @Content(schema = @Schema(implementation = TemplateBody.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The new template",
      content = @Content(schema = @Schema(implementation = TemplateBody.class)))
  @Needs(WRITE_TEMPLATES)
  @Fails({
    TEMPLATE_INVALID,
    TEMPLATE_SPACE_TOO_SMALL,
    LEASE_OUT_OF_BOUNDS,
    TEMPLATE_BUILT_IN,
    TEMPLATE_COUNT
  })
  CompletableFuture<HttpResponse<TemplateBody>> put(
      @Verified Call call, String name, @Body @OtherBodies.TemplateBodyOf JsonBody body) {
    return templates
        .put(call, TemplateBody.read(name, body.root()))
        .thenApply(
            put ->
                put.created()
                    ? HttpResponse.created(TemplateBody.of(put.template()))
                    : HttpResponse.ok(TemplateBody.of(put.template())));
  }

  @Delete("/{name}")
  @Operation(summary = "Retires a template; tokens that exist live on")
  @ApiResponse(responseCode = "204", description = "It is retired")
  @Needs(WRITE_TEMPLATES)
  @Fails({TEMPLATE_NOT_FOUND, TEMPLATE_BUILT_IN})
  CompletableFuture<HttpResponse<Void>> delete(@Verified Call call, String name) {
    return templates.delete(call, name).thenApply(_ -> HttpResponse.noContent());
  }

  /** Built-in templates first, then the tenant's own. */
  @Serdeable
  public record TemplateList(@Schema(requiredMode = REQUIRED) List<TemplateBody> templates) {}
}
