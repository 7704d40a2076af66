package io.scrip.audit;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.RequestId;
import io.scrip.identity.TenantId;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A signed statement that a subject was erased. It stands for itself: who has the public key can
 * check it without the trail, which holds an event of the same request id and subject.
 *
 * @param subject the subject's keyed digest, 16 bytes
 * @param keys how many data keys were destroyed
 * @param tokens how many live tokens were ended
 * @param shredded of these, how many were sealed under the keys that were destroyed
 * @param at when it was signed, to the microsecond
 * @param keyId names the signing key
 * @param signature Ed25519, RFC 8032, over {@link #message()}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record Erasure(
    String tenant,
    byte[] subject,
    long keys,
    long tokens,
    long shredded,
    Instant at,
    String requestId,
    String keyId,
    byte[] signature) {

  /** The word that says what kind of record this is. */
  public static final String TYPE = "erasure";

  private static final byte[] UNSIGNED = {};

  /** States what was done, and signs it. */
  public static Erasure signed(
      TenantId tenant,
      LookupDigest subject,
      long keys,
      long tokens,
      long shredded,
      Instant at,
      RequestId request,
      Signer signer) {
    var statement =
        new Erasure(
            tenant.value(),
            subject.bytes(),
            keys,
            tokens,
            shredded,
            Micros.truncate(at),
            request.value(),
            signer.keyId(),
            UNSIGNED);
    return statement.with(signer.sign(statement.message()));
  }

  private Erasure with(byte[] made) {
    return new Erasure(tenant, subject, keys, tokens, shredded, at, requestId, keyId, made);
  }

  /** The bytes that are signed; app/docs/audit.md lays them out. */
  public byte[] message() {
    return new CanonicalBytes()
        .text("scrip.audit.erasure.v1")
        .text(tenant)
        .bytes(subject)
        .number(keys)
        .number(tokens)
        .number(shredded)
        .time(at)
        .text(requestId)
        .text(keyId)
        .toBytes();
  }

  /** The subject's digest in hex. */
  public String subjectHex() {
    return HexFormat.of().formatHex(subject);
  }

  /** The time as the record writes it: RFC 3339 in UTC, with six decimals. */
  public String atText() {
    return Micros.text(at);
  }

  public String signatureHex() {
    return HexFormat.of().formatHex(signature);
  }
}
