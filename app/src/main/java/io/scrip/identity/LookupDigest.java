package io.scrip.identity;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A keyed digest (HMAC-SHA-256) of a token, name, subject or value: what the store finds by, and
 * all that the audit trail says of them. Useless without the digest root.
 */
public final class LookupDigest {
  /** HMAC-SHA-256, FIPS 198-1. */
  public static final int SIZE_BYTES = 32;

  private final byte[] bytes;

  /** Takes over the array, which the caller no longer touches. */
  public LookupDigest(byte[] bytes) {
    if (bytes.length != SIZE_BYTES) {
      throw new IllegalArgumentException("a lookup digest has " + SIZE_BYTES + " bytes");
    }
    this.bytes = bytes;
  }

  public static LookupDigest ofHex(String hex) {
    return new LookupDigest(HexFormat.of().parseHex(hex));
  }

  /** The bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LookupDigest that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
