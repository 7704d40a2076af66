package io.scrip.gateway;

import java.math.BigInteger;

/**
 * The credential of a seat without a key: valid, so that the controller takes it, and of no use to
 * anybody.
 *
 * <p>It cannot just be left out. The admission webhook of Kong Ingress Controller refuses a
 * KongConsumer that names a Secret which is missing or lacks a credential, and the controller
 * complains about it with each update ({@code internal/admission/validator.go} and {@code
 * internal/dataplane/kongstate/kongstate.go}, v3.5.13).
 */
final class Vacancy {
  /**
   * RSA-2048 of the RSA Factoring Challenge (RSA Laboratories, 1991 to 2007): published without its
   * factors, which nobody has found since. So nobody has a private half, and anybody can see that
   * it is not ours.
   */
  private static final BigInteger MODULUS =
      new BigInteger(
          """
          c7970ceedcc3b0754490201a7aa613cd73911081c790f5f1a8726f463550bb5b
          7ff0db8e1ea1189ec72f93d1650011bd721aeeacc2acde32a04107f0648c2813
          a31f5b0b7765ff8b44b4b6ffc93384b646eb09c7cf5e8592d40ea33c80039f35
          b4f14a04b51f7bfd781be4d1673164ba8eb991c2c4d730bbbe35f592bdef524a
          f7e8daefd26c66fc02c479af89d64d373f442709439de66ceb955f3ea37d5159
          f6135809f85334b5cb1813addc80cd05609f10ac6a95ad65872c909525bdad32
          bc729592642920f24c61dc5b3c3b7923e56b16a4d9d373d8721f24a3fc0f1b31
          31f55615172866bccc30f95054c824e733a5eb6817f7bc16399d48c6361cc7e5
          """
              .replace("\n", ""),
          16);

  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

  private Vacancy() {}

  /** Differs from seat to seat, and has spaces, which the kid of a key that is taken never has. */
  static String kid(String seat) {
    return "no key in " + seat;
  }

  static String pem() {
    return PublicPem.encode(MODULUS, EXPONENT);
  }
}
