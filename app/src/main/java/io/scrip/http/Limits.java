package io.scrip.http;

import io.scrip.identity.Plaintext;
import io.scrip.identity.PlaintextAccess;
import io.scrip.vault.LimitsConfig;
import io.scrip.vault.VaultException.Limit;
import io.scrip.vault.VaultException.LimitExceeded;
import jakarta.inject.Singleton;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Measures what a request brings against {@link LimitsConfig}. */
@Singleton
final class Limits {
  private static final int MAX_METADATA_KEY = 64;

  private final LimitsConfig config;

  Limits(LimitsConfig config) {
    this.config = config;
  }

  Plaintext data(JsonFields fields) {
    Plaintext data = plaintext(fields, fields.text("data"));
    if (data.sizeBytes() == 0) {
      throw fields.invalid("data", "must not be empty");
    }
    if (data.sizeBytes() > config.maxDataBytes()) {
      data.close();
      throw new LimitExceeded(
          Limit.DATA_SIZE, "A value has at most " + config.maxDataBytes() + " bytes of UTF-8.");
    }
    return data;
  }

  private static Plaintext plaintext(JsonFields fields, String text) {
    try {
      return Plaintext.of(text);
    } catch (CharacterCodingException _) {
      throw fields.invalid("data", "is not text");
    }
  }

  String label(JsonFields fields, String name, String label) {
    if (label.isEmpty()) {
      throw fields.invalid(name, "must not be empty");
    }
    if (label.length() > config.maxLabelLength()) {
      throw new LimitExceeded(
          Limit.LABEL_LENGTH,
          "A name or subject has at most " + config.maxLabelLength() + " characters.");
    }
    return label;
  }

  /**
   * Who acts is compared in the store, as it stands in access tokens: where no control character
   * ever is.
   */
  String actor(JsonFields fields, String name, String actor) {
    if (!isActor(actor)) {
      throw fields.invalid(name, "holds a control character");
    }
    return label(fields, name, actor);
  }

  static boolean isActor(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  Map<String, String> metadata(JsonFields fields) {
    Map<String, String> metadata = fields.texts("metadata");
    if (metadata.size() > config.maxMetadataEntries()) {
      throw new LimitExceeded(
          Limit.METADATA,
          "A token has at most " + config.maxMetadataEntries() + " metadata entries.");
    }
    int size = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (entry.getKey().isEmpty() || entry.getKey().length() > MAX_METADATA_KEY) {
        throw new LimitExceeded(
            Limit.METADATA, "A metadata key has 1 to " + MAX_METADATA_KEY + " characters.");
      }
      size += utf8Size(entry.getKey()) + utf8Size(entry.getValue());
    }
    if (size > config.maxMetadataBytes()) {
      throw new LimitExceeded(
          Limit.METADATA,
          "A token's metadata has at most " + config.maxMetadataBytes() + " bytes of UTF-8.");
    }
    return metadata;
  }

  void batch(JsonFields fields, int size) {
    if (size == 0) {
      throw fields.invalid("items", "must not be empty");
    }
    if (size > config.maxBatchItems()) {
      throw new LimitExceeded(
          Limit.BATCH_SIZE, "A batch has at most " + config.maxBatchItems() + " items.");
    }
  }

  private static int utf8Size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** For the value of a field, so that one search finds where the API reads values. */
  static String text(Plaintext data) {
    return data.text(PlaintextAccess.GRANTED);
  }
}
