package io.scrip.vault;

import io.scrip.identity.LookupDigest;
import io.scrip.identity.TenantId;

/**
 * Ends a whole tree of mappings at once: every row of the tenant that matches and is older than the
 * mark counts as revoked from the commit on, whatever their number; the rows themselves are settled
 * in the background.
 *
 * @param version the catalog version that brought the mark; rows with a smaller one are covered
 */
public record RevocationMark(long id, TenantId tenant, Target target, long version) {
  /** Which mappings. */
  public sealed interface Target {
    record Subject(LookupDigest digest) implements Target {}

    record Creator(LookupDigest digest) implements Target {}

    record OfTemplate(String name) implements Target {}
  }
}
