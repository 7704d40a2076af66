package io.scrip.crypto;

import java.time.Duration;

/**
 * How much one data key may seal before another takes its place. None of the three is ever
 * exceeded; the next key is made when seven eighths of any are used up, so that nobody waits for
 * it.
 *
 * @param maxRecords how many records, 1 to 2³². A counter nonce would allow 2⁶⁴ (NIST SP 800-38D,
 *     section 8.2.1); 2³² is what section 8.3 allows to random nonces, and far more than a key
 *     needs
 * @param maxBytes how many bytes, 2²⁰ (one record of the largest size) to 2³⁶: that is 2³² AES
 *     blocks, with which the chance to tell AES from a random function is 2⁻⁶⁵
 * @param maxAge for how long, a second to 90 days
 */
public record DataKeyLimits(long maxRecords, long maxBytes, Duration maxAge) {
  static final long MOST_RECORDS = 1L << 32;
  static final long LEAST_BYTES = RecordSealer.MAX_PLAINTEXT_BYTES;
  static final long MOST_BYTES = 1L << 36;
  static final Duration LEAST_AGE = Duration.ofSeconds(1);
  static final Duration MOST_AGE = Duration.ofDays(90);

  /** Both counts at their most, and a day. */
  public static final DataKeyLimits DEFAULT =
      new DataKeyLimits(MOST_RECORDS, MOST_BYTES, Duration.ofHours(24));

  public DataKeyLimits {
    if (maxRecords < 1 || maxRecords > MOST_RECORDS) {
      throw new IllegalArgumentException("a data key seals 1 to " + MOST_RECORDS + " records");
    }
    if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a data key seals " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
    }
    if (maxAge.compareTo(LEAST_AGE) < 0 || maxAge.compareTo(MOST_AGE) > 0) {
      throw new IllegalArgumentException("a data key lives " + LEAST_AGE + " to " + MOST_AGE);
    }
  }
}
