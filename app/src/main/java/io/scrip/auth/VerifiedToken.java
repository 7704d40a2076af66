package io.scrip.auth;

import io.scrip.identity.Caller;
import java.time.Instant;

/**
 * What is remembered of a token that was verified: never the token itself.
 *
 * @param expiresAt the token's {@code exp}; from then on it is verified anew, and at most forgiven
 *     the clock skew
 * @param keys the ring of its issuer
 * @param keyId with {@code key}, what it was signed with
 */
record VerifiedToken(
    Caller caller, Instant expiresAt, KeyRing keys, String keyId, PublishedKey key) {
  /** Whether it needs no second look: not expired, and its key neither withdrawn nor replaced. */
  boolean stands(Instant now) {
    return now.isBefore(expiresAt) && keys.holds(keyId, key);
  }
}
