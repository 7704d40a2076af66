package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One row: what the store keeps of a token. Nothing in it is readable without the keys.
 *
 * @param record random, names the row for ever; in the sealed record's associated data
 * @param token keyed digest of the token; unique
 * @param name keyed digest of the caller's handle; unique
 * @param subject keyed digest of whom the value is about
 * @param value keyed digest of template name and value, to search by; empty where its template is
 *     not searchable
 * @param convergence the value's digest again, when its template is convergent; unique
 * @param origin keyed digest of the idempotent call item that made it; unique
 * @param creator keyed digest of the actor that made it
 * @param former the token's digest as the audit trail knows it, where a re-key job has made another
 * @param template name of its template
 * @param templateRevision revision of the template that drew the token
 * @param derivation how the token can be drawn again
 * @param digestVersion version of the digest keys that made all digests and the row MAC
 * @param catalogVersion the catalog's version when the row was made; a revocation mark covers rows
 *     older than itself
 * @param createdAt to the microsecond
 * @param expiresAt to the microsecond; empty for a token that never expires
 * @param dataKeyId the data key that sealed the record
 * @param sealed the sealed record; empty once revoked
 * @param rowMac binds all of the above, except the sealed bytes, to the record id
 */
public record Mapping(
    UUID record,
    TenantId tenant,
    LookupDigest token,
    Optional<LookupDigest> name,
    Optional<LookupDigest> subject,
    Optional<LookupDigest> value,
    Optional<LookupDigest> convergence,
    Optional<LookupDigest> origin,
    LookupDigest creator,
    Optional<LookupDigest> former,
    String template,
    int templateRevision,
    Derivation derivation,
    int digestVersion,
    long catalogVersion,
    Instant createdAt,
    Optional<Instant> expiresAt,
    long dataKeyId,
    byte[] sealed,
    byte[] rowMac) {

  /**
   * How a token was drawn.
   *
   * @param keyVersion version of the derivation key; 0 for a token drawn at random, which cannot be
   *     drawn again
   * @param attempt how many draws collided before this one
   * @param kept the token itself, for whoever has value and digest root, once the key that drew it
   *     is to go; see {@link io.scrip.crypto.Digests#keep}
   */
  public record Derivation(int keyVersion, int attempt, Optional<byte[]> kept) {
    public static final Derivation NONE = new Derivation(0, 0);

    public Derivation(int keyVersion, int attempt) {
      this(keyVersion, attempt, Optional.empty());
    }
  }

  /** What the audit trail calls the token, from its first event to its last. */
  LookupDigest trailToken() {
    return former.orElse(token);
  }

  /** The same row with another expiry; its row MAC is still the old one's. */
  Mapping withExpiry(Optional<Instant> other) {
    return with(other, dataKeyId, sealed, rowMac);
  }

  /** The same row sealed anew; its row MAC still fits, since it does not cover the seal. */
  Mapping withSeal(long otherDataKeyId, byte[] other) {
    return with(expiresAt, otherDataKeyId, other, rowMac);
  }

  /** The same row with its row MAC. */
  Mapping withRowMac(byte[] mac) {
    return with(expiresAt, dataKeyId, sealed, mac);
  }

  private Mapping with(Optional<Instant> until, long sealingKey, byte[] seal, byte[] mac) {
    return new Mapping(
        record,
        tenant,
        token,
        name,
        subject,
        value,
        convergence,
        origin,
        creator,
        former,
        template,
        templateRevision,
        derivation,
        digestVersion,
        catalogVersion,
        createdAt,
        until,
        sealingKey,
        seal,
        mac);
  }
}
