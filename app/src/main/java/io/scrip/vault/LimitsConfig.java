package io.scrip.vault;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.scrip.identity.StartRefused;
import java.time.Duration;

/**
 * How much a request may hold, under {@code scrip.limits}.
 *
 * @param maxDataBytes of one value, in UTF-8
 * @param maxBatchItems of one batch call
 * @param maxMetadataEntries of one token
 * @param maxMetadataBytes of one token's metadata, keys and values together, in UTF-8
 * @param maxLabelLength of a name or a subject, in characters
 * @param maxTemplates of one tenant, retired revisions not counted
 * @param maxDraws for one token before its space counts as exhausted. At 90 % used, 16 draws miss
 *     in 18 % of calls, at 50 % in 0.002 %
 * @param idempotencyTtl how long an idempotency key stands for its body
 * @param searchesPerMinute per caller and instance: a search by value tells whether a value is
 *     known, so guessing is rationed
 */
@ConfigurationProperties("scrip.limits")
public record LimitsConfig(
    @Bindable(defaultValue = "65536") int maxDataBytes,
    @Bindable(defaultValue = "1000") int maxBatchItems,
    @Bindable(defaultValue = "16") int maxMetadataEntries,
    @Bindable(defaultValue = "4096") int maxMetadataBytes,
    @Bindable(defaultValue = "256") int maxLabelLength,
    @Bindable(defaultValue = "1000") int maxTemplates,
    @Bindable(defaultValue = "16") int maxDraws,
    @Bindable(defaultValue = "PT24H") Duration idempotencyTtl,
    @Bindable(defaultValue = "600") int searchesPerMinute) {

  public LimitsConfig {
    within("max-data-bytes", maxDataBytes, 65_536);
    within("max-batch-items", maxBatchItems, 10_000);
    within("max-metadata-entries", maxMetadataEntries, 256);
    within("max-metadata-bytes", maxMetadataBytes, 65_536);
    within("max-label-length", maxLabelLength, 1_024);
    within("max-templates", maxTemplates, 100_000);
    within("max-draws", maxDraws, 1_000);
    within("searches-per-minute", searchesPerMinute, 1_000_000);
    if (!idempotencyTtl.isPositive()) {
      throw new StartRefused("scrip.limits.idempotency-ttl", "must be longer than nothing");
    }
  }

  private static void within(String key, int value, int max) {
    if (value < 1 || value > max) {
      throw new StartRefused("scrip.limits." + key, "must be 1 to " + max);
    }
  }
}
