package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.audit.Erasure;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * That a subject was erased, signed. Copies of values that were not shredded, in backups from
 * before, still open with the vault's keys; see app/docs/erasure.md.
 *
 * @param type says that this is an erasure record
 * @param subjectDigest what the audit trail calls the subject
 * @param keys how many data keys were destroyed
 * @param tokens how many live tokens were ended
 * @param shredded of these, how many were sealed under the keys that were destroyed
 * @param at when; six decimals
 * @param requestId of this call, which the trail's event has too
 * @param keyId names the key that signed
 * @param signature Ed25519, in hex; app/docs/audit.md says over which bytes
 */
@Serdeable
@Schema(name = "ErasureRecord")
public record ErasureResponse(
    @Schema(
            requiredMode = REQUIRED,
            types = "string",
            allowableValues = {"erasure"})
        String type,
    @Schema(requiredMode = REQUIRED) String tenant,
    @Schema(requiredMode = REQUIRED, pattern = "^[0-9a-f]{32}$") String subjectDigest,
    @Schema(requiredMode = REQUIRED) long keys,
    @Schema(requiredMode = REQUIRED) long tokens,
    @Schema(requiredMode = REQUIRED) long shredded,
    @Schema(requiredMode = REQUIRED, format = "date-time") String at,
    @Schema(requiredMode = REQUIRED) String requestId,
    @Schema(requiredMode = REQUIRED) String keyId,
    @Schema(requiredMode = REQUIRED, pattern = "^[0-9a-f]{128}$") String signature) {

  static ErasureResponse of(Erasure record) {
    return new ErasureResponse(
        Erasure.TYPE,
        record.tenant(),
        record.subjectHex(),
        record.keys(),
        record.tokens(),
        record.shredded(),
        record.atText(),
        record.requestId(),
        record.keyId(),
        record.signatureHex());
  }
}
