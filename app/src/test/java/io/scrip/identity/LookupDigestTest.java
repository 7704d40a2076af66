package io.scrip.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixteen bytes, no more and no fewer. */
class LookupDigestTest {
  @Test
  void hex_and_bytes_are_the_same_digest() {
    for (long seed = 0; seed < 100; seed++) {
      byte[] bytes = new byte[16];
      new Random(seed).nextBytes(bytes);
      LookupDigest digest = new LookupDigest(bytes);
      assertThat(LookupDigest.ofHex(digest.hex()))
          .as("seed %d", seed)
          .isEqualTo(digest)
          .hasSameHashCodeAs(digest);
      assertThat(digest).hasToString(HexFormat.of().formatHex(bytes));
    }
  }

  @Test
  void every_bit_counts() {
    LookupDigest zero = new LookupDigest(new byte[16]);
    for (int bit = 0; bit < 8 * LookupDigest.SIZE_BYTES; bit++) {
      byte[] flipped = new byte[16];
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(new LookupDigest(flipped)).as("bit %d", bit).isNotEqualTo(zero);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 32})
  void another_size_is_no_digest(int size) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new LookupDigest(new byte[size]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "zz",
        "0",
        "000102030405060708090a0b0c0d0e",
        "000102030405060708090a0b0c0d0e0f10",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
      })
  void bad_hex_is_no_digest(String hex) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LookupDigest.ofHex(hex));
  }
}
