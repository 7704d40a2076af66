package io.scrip.crypto;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;
import java.util.random.RandomGenerator;

/** Stub. */
public final class Digests {
  /** What a digest is for; each has keys of its own. */
  public enum Purpose {
    TOKEN,
    NAME,
    SUBJECT,
    VALUE,
    CREATOR,
    ORIGIN,
    IDEMPOTENCY_KEY,
    IDEMPOTENCY_BODY,
    ROW
  }

  /** The version that new digests are made with. */
  public int version() {
    throw new UnsupportedOperationException();
  }

  /** HMAC-SHA-256 over the parts, each with its length before it. */
  public LookupDigest digest(Purpose purpose, TenantId tenant, byte[]... parts) {
    throw new UnsupportedOperationException();
  }

  public LookupDigest digest(int version, Purpose purpose, TenantId tenant, byte[]... parts) {
    throw new UnsupportedOperationException();
  }

  /** An endless stream of bits that the same version, tenant and parts give again. */
  public RandomGenerator derive(int version, TenantId tenant, byte[]... parts) {
    throw new UnsupportedOperationException();
  }
}
