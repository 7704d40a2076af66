package io.scrip.identity;

/**
 * Names a tenant. Two tenants never see each other's tokens, and equal data of two tenants shares
 * nothing.
 *
 * @param value 1 to 128 characters, taken as they stand from the verified token; compared exactly
 */
public record TenantId(String value) {
  /** The tenant of callers whose token carries no tenant claim. */
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    if (value.isEmpty() || value.length() > 128) {
      throw new IllegalArgumentException("a tenant id has 1 to 128 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
