package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.format.Mask;
import io.scrip.format.TokenFormat;
import io.scrip.lease.LeaseTerms;
import io.scrip.vault.Template;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A template as the API shows it.
 *
 * @param revision counts changes; 0 for a built-in
 * @param format the kind of token
 * @param options the format's own
 * @param mode {@code random} or {@code convergent}
 * @param defaultTtl ISO 8601 duration
 * @param maxTtl ISO 8601 duration
 * @param mask what the masked view shows
 * @param revealPermission what a plain reveal needs beyond {@code detokenize}
 * @param erasable values are sealed under keys of their subject
 * @param searchable tokens can be found by their value
 */
@Serdeable
public record TemplateBody(
    @Schema(requiredMode = REQUIRED) String name,
    @Schema(requiredMode = REQUIRED) int revision,
    @Schema(requiredMode = REQUIRED) boolean builtIn,
    @Schema(requiredMode = REQUIRED) String format,
    @Schema(requiredMode = REQUIRED) Map<String, String> options,
    @Schema(
            requiredMode = REQUIRED,
            types = "string",
            allowableValues = {"random", "convergent"})
        String mode,
    @Schema(requiredMode = NOT_REQUIRED, format = "duration") Optional<String> defaultTtl,
    @Schema(requiredMode = NOT_REQUIRED, format = "duration") Optional<String> maxTtl,
    @Schema(requiredMode = REQUIRED) String mask,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> revealPermission,
    @Schema(requiredMode = REQUIRED) boolean allowSmallSpace,
    @Schema(requiredMode = REQUIRED) boolean erasable,
    @Schema(requiredMode = REQUIRED) boolean searchable,
    @Schema(requiredMode = NOT_REQUIRED) Optional<String> description) {

  private static final Set<String> FIELDS =
      Set.of(
          "format",
          "options",
          "mode",
          "defaultTtl",
          "maxTtl",
          "mask",
          "revealPermission",
          "allowSmallSpace",
          "erasable",
          "searchable",
          "description");

  static TemplateBody of(Template template) {
    return new TemplateBody(
        template.name(),
        template.revision(),
        template.isBuiltIn(),
        template.format().kind(),
        template.format().options(),
        template.mode().name().toLowerCase(Locale.ROOT),
        template.lease().defaultTtl().map(Object::toString),
        template.lease().maxTtl().map(Object::toString),
        template.mask().text(),
        template.revealPermission(),
        template.allowSmallSpace(),
        template.erasable(),
        template.searchable(),
        template.description());
  }

  static Template read(String name, JsonFields fields) {
    fields.only(FIELDS);
    return new Template(
        name,
        1,
        TokenFormat.of(fields.text("format"), fields.scalars("options")),
        mode(fields),
        new LeaseTerms(fields.findDuration("defaultTtl"), fields.findDuration("maxTtl")),
        fields.findText("mask").map(Mask::parse).orElse(Mask.HIDDEN),
        fields.findText("revealPermission"),
        fields.flag("allowSmallSpace"),
        fields.flag("erasable"),
        fields.flag("searchable"),
        fields.findText("description"));
  }

  private static Template.Mode mode(JsonFields fields) {
    return switch (fields.findText("mode").orElse("random")) {
      case "random" -> Template.Mode.RANDOM;
      case "convergent" -> Template.Mode.CONVERGENT;
      default -> throw fields.invalid("mode", "has to be random or convergent");
    };
  }
}
