package io.scrip.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Call;
import io.scrip.vault.Templates;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What tokens look like. */
@Controller("/v1/templates")
final class TemplatesController {
  private final Templates templates;

  TemplatesController(Templates templates) {
    this.templates = templates;
  }

  @Get
  CompletableFuture<TemplateList> list(Call call) {
    return templates
        .list(call)
        .thenApply(all -> new TemplateList(all.stream().map(TemplateBody::of).toList()));
  }

  @Get("/{name}")
  CompletableFuture<TemplateBody> get(Call call, String name) {
    return templates.get(call, name).thenApply(TemplateBody::of);
  }

  @Put("/{name}")
  CompletableFuture<HttpResponse<TemplateBody>> put(Call call, String name, @Body JsonBody body) {
    return templates
        .put(call, TemplateBody.read(name, body.root()))
        .thenApply(
            put ->
                put.created()
                    ? HttpResponse.created(TemplateBody.of(put.template()))
                    : HttpResponse.ok(TemplateBody.of(put.template())));
  }

  @Delete("/{name}")
  CompletableFuture<HttpResponse<Void>> delete(Call call, String name) {
    return templates.delete(call, name).thenApply(_ -> HttpResponse.noContent());
  }

  /** Built-in templates first, then the tenant's own. */
  @Serdeable
  public record TemplateList(List<TemplateBody> templates) {}
}
