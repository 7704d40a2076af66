package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Plaintext;
import io.scrip.vault.Detokenizer.Revealed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * A value.
 *
 * @param view {@code plain}, or {@code masked} where the data is what the template's mask leaves of
 *     it
 */
@Serdeable
public record DetokenizeResponse(
    @Schema(requiredMode = REQUIRED, implementation = String.class) Plaintext data,
    @Schema(
            requiredMode = REQUIRED,
            types = "string",
            allowableValues = {"plain", "masked"})
        String view,
    @Schema(requiredMode = REQUIRED) String template) {

  static DetokenizeResponse of(Revealed revealed) {
    return new DetokenizeResponse(
        revealed.data(), revealed.view().name().toLowerCase(Locale.ROOT), revealed.template());
  }
}
