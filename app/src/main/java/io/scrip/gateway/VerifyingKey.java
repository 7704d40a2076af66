package io.scrip.gateway;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The public half of one of the tenant's signing keys, good for RS256.
 *
 * @param kid what tokens name it by: printable ASCII without spaces, so that it stands in YAML, in
 *     logs and in Kong as it is
 */
public record VerifyingKey(String kid, BigInteger modulus, BigInteger exponent) {
  /** NIST SP 800-131A r2, section 3: what is shorter is disallowed. */
  static final int MIN_BITS = 2_048;

  /** Verifying gets slower with the square of it, and every call pays; nobody needs more. */
  static final int MAX_BITS = 8_192;

  /** Auth0's have 21 to 43 characters. */
  private static final Pattern KID = Pattern.compile("[!-~]{1,128}");

  /** FIPS 186-5, section A.1.1: odd and above 2^16. */
  private static final BigInteger MIN_EXPONENT = BigInteger.ONE.shiftLeft(16);

  /**
   * {@code OPENSSL_RSA_MAX_PUBEXP_BITS}: beside a long modulus Kong's OpenSSL takes no longer one.
   */
  private static final int MAX_EXPONENT_BITS = 64;

  static VerifyingKey of(String kid, BigInteger modulus, BigInteger exponent) throws KeyRefused {
    if (!KID.matcher(kid).matches()) {
      throw new KeyRefused("its kid is not 1 to 128 printable characters without spaces");
    }
    requireModulus(modulus);
    requireExponent(exponent);
    return new VerifyingKey(kid, modulus, exponent);
  }

  private static void requireModulus(BigInteger modulus) throws KeyRefused {
    int bits = modulus.bitLength();
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw new KeyRefused("it has " + bits + " bits; 2048 to 8192 are taken");
    }
    if (!modulus.testBit(0)) {
      throw new KeyRefused("its modulus is even, which no RSA key's is");
    }
  }

  private static void requireExponent(BigInteger exponent) throws KeyRefused {
    if (!exponent.testBit(0)
        || exponent.compareTo(MIN_EXPONENT) <= 0
        || exponent.bitLength() > MAX_EXPONENT_BITS) {
      throw new KeyRefused("its exponent is not odd between 2^16 and 2^64");
    }
  }

  boolean isSameAs(VerifyingKey other) {
    return modulus.equals(other.modulus) && exponent.equals(other.exponent);
  }

  /** PEM as Kong wants it: the public key, not a certificate. */
  String pem() {
    return PublicPem.encode(modulus, exponent);
  }
}
