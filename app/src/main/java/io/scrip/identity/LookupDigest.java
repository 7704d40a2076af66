package io.scrip.identity;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A keyed digest (HMAC-SHA-256, its left 128 bits) of a token, name, subject or value: what the
 * store finds by, and all that the audit trail says of them. Useless without the digest root.
 *
 * <p>Half of the hash is the least that RFC 2104, section 5, recommends, and enough; NIST SP
 * 800-107r1, section 5.3, says how to cut and what it costs. Two of a thousand million tokens
 * collide with a chance of 2<sup>-69</sup>, and uniqueness is the database's all the same. Whoever
 * makes one up without the key is right with a chance of 2<sup>-128</sup> each time, and has no key
 * to try offline. Whole, its entry in an index would be twice as long.
 */
public final class LookupDigest {
  /** Of the 32 that HMAC-SHA-256 gives, FIPS 198-1. */
  public static final int SIZE_BYTES = 16;

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
