package io.scrip.http;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.identity.Plaintext;
import io.scrip.vault.Detokenizer.Revealed;
import java.util.Locale;

/**
 * A value.
 *
 * @param view {@code plain}, or {@code masked} where the data is what the template's mask leaves of it
 */
@Serdeable
public record DetokenizeResponse(Plaintext data, String view, String template) {

  static DetokenizeResponse of(Revealed revealed) {
    return new DetokenizeResponse(
        revealed.data(), revealed.view().name().toLowerCase(Locale.ROOT), revealed.template());
  }
}
